namespace Ops.Pipeline.Transformers;

/// <summary>Which of the merged samples gives a field.</summary>
internal enum MergePolicy
{
    /// <summary>The field is not merged: it tells groups apart.</summary>
    Key,
    First,
    Last,

    /// <summary>None: the field is emptied.</summary>
    Drop,
}

/// <summary>What the parameters of an aggregator say. Immutable.</summary>
internal sealed record AggregationRule
{
    /// <summary>How scale, name, unit and kind change.</summary>
    public ConversionRule Conversion { get; init; } = new();

    /// <summary>So many samples that came in are enough for a flush to emit all groups; null for no such
    /// limit.</summary>
    public int? Size { get; init; } = 1;

    /// <summary>After so much time since the first sample came in a flush emits all groups; null for no such
    /// limit.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>The project: key (default), first or last.</summary>
    public MergePolicy Project { get; init; } = MergePolicy.Key;

    /// <summary>The user: key (default), first or last.</summary>
    public MergePolicy User { get; init; } = MergePolicy.Key;

    /// <summary>The metadata: last (default), first or drop.</summary>
    public MergePolicy Metadata { get; init; } = MergePolicy.Last;

    /// <summary>The timestamp: first (default) or last.</summary>
    public MergePolicy Timestamp { get; init; } = MergePolicy.First;
}
