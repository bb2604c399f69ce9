using Ops.Model;

namespace Ops.Collectors.Notifications;

/// <summary>Times as OpenStack writes them: <c>2026-01-02 03:04:05.678</c>, <c>2026-01-02T03:04:05Z</c>.</summary>
internal static class IsoTime
{
    private const int CharsMax = 40;

    /// <summary>Reads a time that begins with a year, a month and a day; one without a zone is UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is { Length: >= 10 and <= CharsMax }
            && text[4] == '-' && text[7] == '-'
            && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[3]) && char.IsAsciiDigit(text[8])
            && Timestamps.TryParseIso(text, out instant)
            && instant.TryToUnixNs(out _);
    }
}
