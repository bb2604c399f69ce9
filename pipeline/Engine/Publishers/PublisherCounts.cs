namespace Ops.Pipeline.Publishers;

/// <summary>What became of a publisher's samples: received = sent + dropped + queued, at any moment.</summary>
/// <param name="Received">Samples handed to it.</param>
/// <param name="Sent">Samples its target took.</param>
/// <param name="Queued">Samples that wait or are being sent.</param>
/// <param name="Dropped">Samples lost, by reason.</param>
public sealed record PublisherCounts(
    long Received, long Sent, long Queued, IReadOnlyDictionary<string, long> Dropped)
{
    /// <summary>Whether the numbers add up.</summary>
    public bool Balances => Received == Sent + Queued + Dropped.Values.Sum();
}
