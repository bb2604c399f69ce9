namespace Ops.Server.Api.Influx;

/// <summary>The unit of the timestamps of line protocol.</summary>
public enum WritePrecision
{
    /// <summary>Nanoseconds.</summary>
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

/// <summary>The words of <see cref="WritePrecision"/> on the wire.</summary>
public static class WritePrecisions
{
    /// <summary>Reads a word of the v1 or v2 address; absent or empty is nanoseconds.</summary>
    public static bool TryParse(string? word, out WritePrecision precision)
    {
        precision = word switch
        {
            "u" or "us" or "µ" or "µs" => WritePrecision.Microseconds,
            "ms" => WritePrecision.Milliseconds,
            "s" => WritePrecision.Seconds,
            "m" => WritePrecision.Minutes,
            "h" => WritePrecision.Hours,
            _ => WritePrecision.Nanoseconds,
        };
        return precision != WritePrecision.Nanoseconds || word is null or "" or "n" or "ns";
    }
}
