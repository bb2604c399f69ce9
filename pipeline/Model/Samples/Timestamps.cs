using System.Globalization;

namespace Ops.Model;

/// <summary>Nanoseconds since the Unix epoch, from and to the forms that people and wires use.</summary>
public static class Timestamps
{
    /// <summary>
    /// The earliest time that is kept, 1677-09-21, and the latest, 2262-04-11, are those of a signed 64-bit count.
    /// </summary>
    private const long TicksToNs = 100;

    /// <summary>Nanoseconds since the epoch of that instant.</summary>
    public static long ToUnixNs(this DateTimeOffset instant) =>
        checked((instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TicksToNs);

    /// <summary>Nanoseconds since the epoch; false for an instant before 1677-09-21 or after 2262-04-11.</summary>
    public static bool TryToUnixNs(this DateTimeOffset instant, out long ns)
    {
        var ticks = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var fits = Math.Abs(ticks) <= long.MaxValue / TicksToNs;
        ns = fits ? ticks * TicksToNs : 0;
        return fits;
    }

    /// <summary>The instant of those nanoseconds, to 100 ns.</summary>
    public static DateTimeOffset FromUnixNs(long ns) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (ns / TicksToNs), TimeSpan.Zero);

    /// <summary>Reads an ISO 8601 time; one without a zone is UTC.</summary>
    public static bool TryParseIso(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant);

    /// <summary>Writes <c>2026-01-02T03:04:05Z</c>, with up to seven fraction digits where there are any.</summary>
    public static string ToIso(this DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
