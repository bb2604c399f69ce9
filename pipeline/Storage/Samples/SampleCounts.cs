namespace Ops.Storage.Samples;

/// <summary>What became of the samples; received = stored + dropped + queued at all times.</summary>
public sealed record SampleCounts
{
    /// <summary>Samples that were handed in since the start.</summary>
    public required long Received { get; init; }

    /// <summary>Samples that are on disk.</summary>
    public required long Stored { get; init; }

    /// <summary>Samples that wait in memory.</summary>
    public required long Queued { get; init; }

    /// <summary>Samples dropped since they were not a number.</summary>
    public required long DroppedNotFinite { get; init; }

    /// <summary>Samples dropped, oldest first, since the disk took none and memory was full.</summary>
    public required long DroppedUnwritable { get; init; }

    /// <summary>Samples dropped for any reason.</summary>
    public long Dropped => DroppedNotFinite + DroppedUnwritable;
}
