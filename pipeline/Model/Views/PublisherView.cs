namespace Ops.Model;

/// <summary>A publisher: received = sent + queued + all that were dropped, at any moment.</summary>
/// <param name="Signal"><c>samples</c> or <c>events</c>.</param>
/// <param name="Address">Its address, without secrets.</param>
/// <param name="Received">Handed to it.</param>
/// <param name="Sent">Taken by its target.</param>
/// <param name="Queued">Waiting, in memory and on disk.</param>
/// <param name="Dropped">Lost, by reason.</param>
public sealed record PublisherView(
    string Signal, string Address, long Received, long Sent, long Queued, IReadOnlyDictionary<string, long> Dropped);
