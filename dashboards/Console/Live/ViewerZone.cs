using Microsoft.AspNetCore.Http;
using Microsoft.JSInterop;

namespace Ops.Console.Live;

/// <summary>The time zone of the person who looks: the browser's, until it is known the server's.</summary>
/// <remarks>The browser leaves its zone in the cookie <c>ops-zone</c>, so that a page is right from its first
/// byte.</remarks>
public sealed class ViewerZone
{
    private const string Cookie = "ops-zone";
    private const int NameLengthMax = 64;

    /// <summary>Reads the cookie of the request, if there is one.</summary>
    public ViewerZone(TimeProvider clock, IHttpContextAccessor requests)
    {
        Zone = Find(requests.HttpContext?.Request.Cookies[Cookie]) ?? clock.LocalTimeZone;
    }

    /// <summary>The zone to show times in.</summary>
    public TimeZoneInfo Zone { get; private set; }

    /// <summary>The instant in the viewer's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>Asks the browser for its zone.</summary>
    /// <returns>Whether it differs from what was shown so far.</returns>
    public async Task<bool> AskAsync(IJSRuntime browser)
    {
        var found = Find(await browser.InvokeAsync<string?>("opsZone"));
        if (found is null || found.Id == Zone.Id)
        {
            return false;
        }

        Zone = found;
        return true;
    }

    private static TimeZoneInfo? Find(string? name) =>
        name is { Length: > 0 and <= NameLengthMax } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : null;
}
