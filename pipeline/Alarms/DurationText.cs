using System.Globalization;

namespace Ops.Alarms;

/// <summary>Durations as rules write them: <c>1m</c>, <c>1h30m</c>, <c>250ms</c>.</summary>
internal static class DurationText
{
    /// <summary>The shortest form, to a millisecond; <c>0s</c> for nothing.</summary>
    public static string Of(TimeSpan span)
    {
        var text = Part((long)span.TotalDays, "d") + Part(span.Hours, "h") + Part(span.Minutes, "m")
            + Part(span.Seconds, "s") + Part(span.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text;
    }

    private static string Part(long count, string unit) =>
        count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}
