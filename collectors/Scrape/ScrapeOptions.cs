namespace Ops.Collectors.Scrape;

/// <summary>What is scraped.</summary>
public sealed record ScrapeOptions
{
    /// <summary><c>targets</c>: up to 1000; default none.</summary>
    public IReadOnlyList<ScrapeTarget> Targets { get; init; } = [];

    /// <summary><c>body_max_mb</c>: megabytes of one answer, unpacked; default 64, 1 to 1024.</summary>
    public int BodyMegabytesMax { get; init; } = 64;

    /// <summary><c>target_series_max</c>: series of one target, past which its scrape fails; default 100 000, 1 to
    /// 10 000 000.</summary>
    public int TargetSeriesMax { get; init; } = 100_000;

    /// <summary><c>series_max</c>: series in the whole catalogue past which new ones are dropped; default 1 000 000,
    /// 1000 to 100 000 000.</summary>
    public int SeriesMax { get; init; } = 1_000_000;
}
