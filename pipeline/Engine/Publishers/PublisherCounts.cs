namespace Ops.Pipeline.Publishers;

/// <summary>What became of a publisher's samples or events: received = sent + dropped + queued, at any
/// moment.</summary>
/// <param name="Received">Items handed to it, and those found on disk at the start.</param>
/// <param name="Sent">Items its target took.</param>
/// <param name="Queued">Items that wait, in memory or on disk, or are being sent.</param>
/// <param name="Dropped">Items lost, by reason.</param>
public sealed record PublisherCounts(
    long Received, long Sent, long Queued, IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>Of those queued, the items that lie on disk.</summary>
    public long Spilled { get; init; }

    /// <summary>How many bytes they take there.</summary>
    public long SpilledBytes { get; init; }

    /// <summary>Whether the numbers add up.</summary>
    public bool Balances => Received == Sent + Queued + Dropped.Values.Sum();
}
