using System.Globalization;

namespace Ops.Storage.InfluxQl;

/// <summary>How an answer writes times.</summary>
public enum InfluxQlEpoch
{
    /// <summary>As RFC 3339 with up to nine fraction digits.</summary>
    Rfc3339,

    /// <summary>Nanoseconds since the epoch.</summary>
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

/// <summary>The words of <see cref="InfluxQlEpoch"/> in a request.</summary>
public static class InfluxQlEpochs
{
    /// <summary>Reads the parameter <c>epoch</c>: ns, n, u, µ, ms, s, m, h; anything else is RFC 3339.</summary>
    public static InfluxQlEpoch Parse(string? word) => word switch
    {
        "ns" or "n" => InfluxQlEpoch.Nanoseconds,
        "u" or "µ" or "us" => InfluxQlEpoch.Microseconds,
        "ms" => InfluxQlEpoch.Milliseconds,
        "s" => InfluxQlEpoch.Seconds,
        "m" => InfluxQlEpoch.Minutes,
        "h" => InfluxQlEpoch.Hours,
        _ => InfluxQlEpoch.Rfc3339,
    };

    internal static long UnitNs(this InfluxQlEpoch epoch) => epoch switch
    {
        InfluxQlEpoch.Microseconds => 1_000,
        InfluxQlEpoch.Milliseconds => 1_000_000,
        InfluxQlEpoch.Seconds => 1_000_000_000,
        InfluxQlEpoch.Minutes => 60_000_000_000,
        InfluxQlEpoch.Hours => 3_600_000_000_000,
        _ => 1,
    };

    internal static string Rfc3339(long ns, TimeZoneInfo? zone)
    {
        var second = Math.DivRem(ns, 1_000_000_000, out var fraction);
        if (fraction < 0)
        {
            (second, fraction) = (second - 1, fraction + 1_000_000_000);
        }

        var instant = DateTimeOffset.FromUnixTimeSeconds(second);
        if (zone is not null)
        {
            instant = TimeZoneInfo.ConvertTime(instant, zone);
        }

        var tail = fraction == 0 ? "" : "." + fraction.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        var offset = instant.Offset == TimeSpan.Zero ? "Z" : instant.ToString("zzz", CultureInfo.InvariantCulture);
        return instant.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + tail + offset;
    }
}
