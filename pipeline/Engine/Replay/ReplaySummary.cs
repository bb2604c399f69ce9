namespace Ops.Pipeline.Replay;

/// <summary>What a replay did.</summary>
/// <param name="Lines">Lines read.</param>
/// <param name="Received">Samples that entered the pipelines.</param>
/// <param name="Published">Samples written.</param>
/// <param name="Dropped">Samples dropped, by reason.</param>
public sealed record ReplaySummary(
    long Lines, long Received, long Published, IReadOnlyDictionary<string, long> Dropped);
