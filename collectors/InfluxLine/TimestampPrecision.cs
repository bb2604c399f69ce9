namespace Ops.Collectors.InfluxLine;

/// <summary>The unit that a body's timestamps count.</summary>
public enum TimestampPrecision
{
    /// <summary>Nanoseconds; the default.</summary>
    Nanoseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Minutes.</summary>
    Minutes,

    /// <summary>Hours.</summary>
    Hours,
}

/// <summary>
/// The words of <see cref="TimestampPrecision"/> as <c>/write</c> and <c>/api/v2/write</c> take them.
/// </summary>
public static class TimestampPrecisions
{
    /// <summary>The words, for messages.</summary>
    public static readonly IReadOnlyList<string> Words = ["ns", "us", "ms", "s", "m", "h"];

    /// <summary>
    /// Reads a word: <c>n</c> or <c>ns</c>, <c>u</c> or <c>us</c>, <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c>; none is ns.
    /// </summary>
    public static bool TryParse(string? word, out TimestampPrecision precision)
    {
        TimestampPrecision? found = word switch
        {
            null or "" or "n" or "ns" => TimestampPrecision.Nanoseconds,
            "u" or "us" or "\u00b5" or "\u00b5s" => TimestampPrecision.Microseconds,
            "ms" => TimestampPrecision.Milliseconds,
            "s" => TimestampPrecision.Seconds,
            "m" => TimestampPrecision.Minutes,
            "h" => TimestampPrecision.Hours,
            _ => null,
        };
        precision = found ?? TimestampPrecision.Nanoseconds;
        return found is not null;
    }

    /// <summary>Nanoseconds in a unit.</summary>
    internal static long UnitNs(this TimestampPrecision precision) => precision switch
    {
        TimestampPrecision.Microseconds => 1_000,
        TimestampPrecision.Milliseconds => 1_000_000,
        TimestampPrecision.Seconds => 1_000_000_000,
        TimestampPrecision.Minutes => 60_000_000_000,
        TimestampPrecision.Hours => 3_600_000_000_000,
        _ => 1,
    };
}
