namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Cuts time into windows of GROUP BY time(width, offset), aligned to the epoch, or to a zone's wall
/// clock.</summary>
internal sealed class Windows(long widthNs, long offsetNs, TimeZoneInfo? zone)
{
    /// <summary>The width in nanoseconds; 0 where there are no windows.</summary>
    public long WidthNs => widthNs;

    /// <summary>Whether there are windows.</summary>
    public bool Any => widthNs > 0;

    /// <summary>The beginning of the window that a time lies in.</summary>
    public long Start(long ns)
    {
        var shift = ZoneNs(ns);
        var local = ns + shift - offsetNs;
        var within = local % widthNs;
        var start = ns - (within < 0 ? within + widthNs : within);
        var shiftThen = ZoneNs(start);
        return start + shift - shiftThen;
    }

    /// <summary>The beginning of the next window.</summary>
    public long Next(long start) => zone is null ? start + widthNs : Start(start + widthNs + (widthNs / 2));

    private long ZoneNs(long ns)
    {
        if (zone is null)
        {
            return 0;
        }

        var instant = DateTimeOffset.FromUnixTimeSeconds(
            Math.Clamp(ns / 1_000_000_000, -62_135_596_800, 253_402_300_799));
        return zone.GetUtcOffset(instant).Ticks * 100;
    }
}
