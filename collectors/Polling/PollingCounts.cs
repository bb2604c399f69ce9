namespace Ops.Collectors.Polling;

/// <summary>What the polling agent did since it started.</summary>
public sealed record PollingCounts
{
    /// <summary>Rounds that were made.</summary>
    public long Rounds { get; init; }

    /// <summary>Rounds that were left out because the one before still ran.</summary>
    public long Overruns { get; init; }

    /// <summary>Calls of pollsters.</summary>
    public long Polls { get; init; }

    /// <summary>Calls of pollsters that failed, timeouts included.</summary>
    public long Failures { get; init; }

    /// <summary>Calls of pollsters that took too long.</summary>
    public long Timeouts { get; init; }

    /// <summary>Polls that were put off: the pollster was still busy, or its time in the round was used up.</summary>
    public long PutOff { get; init; }

    /// <summary>Samples handed over.</summary>
    public long Samples { get; init; }

    /// <summary>Observations handed over.</summary>
    public long Observations { get; init; }

    /// <summary>Samples dropped: NaN, infinite, of a new series without room, or refused by the pipeline.</summary>
    public long Dropped { get; init; }

    /// <summary>Resources whose last poll failed.</summary>
    public int Failing { get; init; }

    /// <summary>Resources that are not asked again until the configuration is read anew.</summary>
    public int Never { get; init; }
}
