using System.Buffers;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Publishers.Queues;

/// <summary>What waits for a target: batches in memory, then records on disk where the policy is to spill.</summary>
/// <remarks>Order is kept: once something lies on disk, what comes goes there too, until the disk's part is sent. Safe
/// for concurrent use.</remarks>
internal sealed class Backlog<T>(
    IBatchForm<T> form, QueueOptions options, SpillSource? source, PublisherLedger ledger, LossReport losses)
    where T : class
{
    /// <summary>How many batches memory holds at least while another has the disk's part open.</summary>
    public const int WaitingMax = 1024;

    private readonly Lock _lock = new();
    private readonly Queue<T> _memory = new();
    private readonly ArrayBufferWriter<byte> _record = new();
    private SpillQueue? _spill;
    private bool _isClosed;

    /// <summary>What became of the items so far.</summary>
    public PublisherCounts Counts
    {
        get
        {
            lock (_lock)
            {
                var counts = ledger.Snapshot();
                return _spill is null
                    ? counts
                    : counts with { Spilled = _spill.Items, SpilledBytes = _spill.Bytes };
            }
        }
    }

    /// <summary>Whether it is closed and memory is empty; what lies on disk may stay there.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_lock)
            {
                return _isClosed && _memory.Count == 0;
            }
        }
    }

    /// <summary>Opens the disk's part where there is one; what came meanwhile goes behind what is there.</summary>
    /// <returns>False while another has it open.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public bool TryOpenSpill()
    {
        lock (_lock)
        {
            if (source is null || _spill is not null)
            {
                return true;
            }

            _spill = source.TryOpen();
            if (_spill is { IsEmpty: false })
            {
                ledger.Receive(_spill.Items);
                while (_memory.TryDequeue(out var batch))
                {
                    Spill(batch);
                }
            }

            return _spill is not null;
        }
    }

    /// <summary>Takes a batch over, whose items count as received.</summary>
    public void Add(T batch)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                Drop(batch, "stopped", "it has stopped");
                return;
            }

            if (_spill is not null && (!_spill.IsEmpty || _memory.Count >= options.Batches))
            {
                Spill(batch);
                return;
            }

            if (_memory.Count >= (source is null ? options.Batches : Math.Max(options.Batches, WaitingMax)))
            {
                Drop(_memory.Dequeue(), "queue_full", "its queue is full");
            }

            _memory.Enqueue(batch);
        }
    }

    /// <summary>The next batch, or null. One from disk stays there until it is settled.</summary>
    /// <param name="onDisk">The length of its record, or 0 when it was in memory.</param>
    public T? Take(out int onDisk)
    {
        lock (_lock)
        {
            onDisk = 0;
            if (_memory.TryDequeue(out var batch))
            {
                return batch;
            }

            while (_spill is not null && !_isClosed)
            {
                var record = _spill.Peek(out var items, out var lost);
                if (lost > 0)
                {
                    losses.Drop("spill_damaged", lost, "its records on disk are damaged");
                }

                if (record is null)
                {
                    return null;
                }

                if (form.Read(record) is { } read)
                {
                    onDisk = record.Length;
                    return read;
                }

                _spill.Remove(record.Length, items);
                losses.Drop("spill_damaged", items, "a record on disk is of another version");
            }

            return null;
        }
    }

    /// <summary>Ends a batch that was taken: it is counted as its result says, and removed from disk.</summary>
    public void Settle(T batch, int onDisk, PublishResult result)
    {
        lock (_lock)
        {
            var count = form.Count(batch);
            if (onDisk > 0)
            {
                _spill!.Remove(onDisk, count);
            }

            losses.Settle(count, result);
        }

        form.Release(batch);
    }

    /// <summary>Takes nothing more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }
    }

    /// <summary>Spills or drops what is left in memory, and closes the disk's part.</summary>
    /// <param name="underway">A batch from memory whose delivery was broken off; it comes first.</param>
    public void GiveUp(T? underway)
    {
        lock (_lock)
        {
            List<T> left = [.. underway is null ? [] : new[] { underway }, .. _memory];
            _memory.Clear();
            if (_spill is null)
            {
                left.ForEach(batch => Drop(batch, "stopped", "it stopped before its queue was empty"));
                return;
            }

            var records = left.Select(batch => (Record(batch).ToArray(), form.Count(batch))).ToList();
            foreach (var (batch, outcome) in left.Zip(_spill.Prepend(records)))
            {
                SettleSpill(batch, outcome);
            }

            _spill.Dispose();
        }
    }

    private ReadOnlySpan<byte> Record(T batch)
    {
        _record.ResetWrittenCount();
        form.Write(batch, _record);
        return _record.WrittenSpan;
    }

    private void Spill(T batch) => SettleSpill(batch, _spill!.Append(Record(batch), form.Count(batch)));

    private void SettleSpill(T batch, SpillOutcome outcome)
    {
        switch (outcome)
        {
            case SpillOutcome.Written:
                losses.DiskTookIt();
                break;
            case SpillOutcome.Full:
                losses.Drop(
                    "spill_full", form.Count(batch), $"its spill has reached {options.SpillBytesMax} bytes");
                break;
            default:
                var reason = outcome == SpillOutcome.DiskFull ? "disk_full" : "spill_failed";
                losses.DropForDisk(reason, form.Count(batch), _spill!.Problem);
                break;
        }

        form.Release(batch);
    }

    private void Drop(T batch, string reason, string problem)
    {
        losses.Drop(reason, form.Count(batch), problem);
        form.Release(batch);
    }
}
