namespace Ops.Collectors.Scrape;

/// <summary>What the scraping did since it started.</summary>
public sealed record ScrapeCounts
{
    /// <summary>Scrapes.</summary>
    public long Scrapes { get; init; }

    /// <summary>Scrapes that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Scrapes that were left out because the one before still ran.</summary>
    public long Overruns { get; init; }

    /// <summary>Samples handed over, those about the targets themselves included.</summary>
    public long Samples { get; init; }

    /// <summary>Samples dropped: NaN, infinite, a repetition within one scrape, or of a new series without room.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>Series that a target no longer showed.</summary>
    public long Vanished { get; init; }

    /// <summary>Scrapes whose samples nobody took.</summary>
    public long Lost { get; init; }
}
