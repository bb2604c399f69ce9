using System.Text.Json;
using Ops.Model;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Takes events of OPNFV's Doctor: a host's monitor says that something on it is down, or up again.</summary>
/// <remarks>
/// <c>{"time": ISO, "type": "compute.host.down", "details": {"hostname", "status": "down"|"up", "severity", ...}}</c>:
/// an alarm of type <c>doctor</c>, named after the event's type, on the <c>nova.host</c>; default severity critical.
/// Source: Vitrage 9, doctor datasource.
/// </remarks>
internal static class VitrageEventEndpoints
{
    private const string AlarmType = "doctor";
    private const string HostType = "nova.host";
    private const int NameCharsMax = 255;

    /// <summary>Maps <c>event</c>.</summary>
    public static void MapVitrageEvents(this IEndpointRouteBuilder api) => api.MapPost("/event", PostAsync);

    private static async Task<IResult> PostAsync(
        HttpContext context, IAlarmSink alarms, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await VitrageBody.ReadAsync(context);
        var type = Name(body.Text("type"), "type");
        var at = Time(body.Text("time"), time.GetUtcNow());
        if (body["details"] is not { ValueKind: JsonValueKind.Object } details)
        {
            throw new FormatException("'details' must be an object");
        }

        var host = Name(Text(details, "hostname"), "details.hostname");
        var isDown = Text(details, "status") switch
        {
            "down" => true,
            "up" => false,
            var other => throw new FormatException($"'details.status' must be down or up, found '{other}'"),
        };
        await alarms.AcceptAsync([Transition(type, host, isDown, details, at)], cancellationToken);
        return Results.Ok();
    }

    private static AlarmTransition Transition(
        string type, string host, bool isDown, JsonElement details, DateTimeOffset at) => new()
    {
        AlarmId = $"{AlarmType}/{type}/{host}",
        Monitor = AlarmType,
        Rule = type,
        ResourceId = host,
        ResourceType = HostType,
        ResourceName = host,
        Severity = (Text(details, "severity") ?? "critical").ToUpperInvariant(),
        From = isDown ? AlarmState.Ok : AlarmState.Alarm,
        To = isDown ? AlarmState.Alarm : AlarmState.Ok,
        Reason = Text(details, "cause") is { Length: > 0 } cause
            ? $"{Text(details, "source") ?? "a monitor"} says {cause}"
            : $"{Text(details, "source") ?? "a monitor"} says the host is {(isDown ? "down" : "up")}",
        At = at,
    };

    private static string Name(string? text, string member) => text is { Length: > 0 and <= NameCharsMax }
        ? text
        : throw new FormatException($"'{member}' must be a text of 1 to {NameCharsMax} characters");

    private static DateTimeOffset Time(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return now;
        }

        return Timestamps.TryParseIso(text, out var at) && at.TryToUnixNs(out _)
            ? at
            : throw new FormatException($"'time' must be ISO 8601, found '{text}'");
    }

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
