namespace Ops.Pipeline.Publishers.Queues;

/// <summary>Counts what is settled, and says what is lost: of each reason the 1st, 2nd, 4th ... item; of a disk that
/// refuses only the first until it takes something again.</summary>
internal sealed class LossReport(string address, string noun, PublisherLedger ledger, Action<string>? warn)
{
    private int _isDiskSaid;

    /// <summary>A delivery ended.</summary>
    public void Settle(int count, PublishResult result)
    {
        if (result.Outcome == PublishOutcome.Sent)
        {
            var refused = Math.Clamp(result.RefusedCount, 0, count);
            ledger.Send(count - refused);
            if (refused > 0)
            {
                Drop("refused", refused, result.Problem ?? "refused");
            }

            return;
        }

        var reason = result.Outcome == PublishOutcome.Refused ? "refused" : "failed";
        Drop(reason, count, result.Problem ?? reason);
    }

    /// <summary>Items that waited are lost.</summary>
    public void Drop(string reason, long count, string problem)
    {
        var before = ledger.Drop(reason, count) - count;
        if (before == 0 || long.Log2(before) != long.Log2(before + count))
        {
            Say(reason, before + count, problem);
        }
    }

    /// <summary>Items are lost because the disk refused them.</summary>
    public void DropForDisk(string reason, long count, string problem)
    {
        var total = ledger.Drop(reason, count);
        if (Interlocked.Exchange(ref _isDiskSaid, 1) == 0)
        {
            Say(reason, total, problem);
        }
    }

    /// <summary>The disk took something: the next refusal is news again.</summary>
    public void DiskTookIt() => Volatile.Write(ref _isDiskSaid, 0);

    /// <summary>Says something of the publisher.</summary>
    public void Say(string what) => warn?.Invoke($"publisher '{address}' {what}");

    private void Say(string reason, long total, string problem) =>
        Say($"dropped {total} {noun} so far ({reason}): {problem}");
}
