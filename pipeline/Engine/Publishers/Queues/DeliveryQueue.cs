using System.Buffers;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Publishers.Queues;

/// <summary>Batches that wait for a target: in memory, then on disk where the policy says so; one task sends
/// them.</summary>
/// <remarks>
/// Order is kept: once something lies on disk, what comes goes there too, until the disk's part is sent. A passing
/// failure is retried with exponential back-off; what still fails is dropped as <c>failed</c>, what is refused as
/// <c>refused</c>, what there is no room for as <c>queue_full</c>, <c>spill_full</c> or <c>disk_full</c>, what is left
/// at the end as <c>stopped</c>, unless it can be spilled. Safe for concurrent use.
/// </remarks>
internal sealed class DeliveryQueue<T> : IAsyncDisposable
    where T : class
{
    private readonly Delivery<T> _delivery;
    private readonly IBatchForm<T> _form;
    private readonly QueueOptions _options;
    private readonly SpillQueue? _spill;
    private readonly TimeProvider _time;
    private readonly LossReport _losses;
    private readonly PublisherLedger _ledger;
    private readonly Lock _lock = new();
    private readonly Queue<T> _memory = new();
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private bool _isClosed;

    /// <summary>Starts the queue's task.</summary>
    /// <param name="address">The publisher's address, without secrets.</param>
    /// <param name="form">What the batches are.</param>
    /// <param name="send">Delivers a batch once.</param>
    /// <param name="options">Queue and retries.</param>
    /// <param name="time">The clock of back-off and timeouts.</param>
    /// <param name="warn">Told of losses.</param>
    /// <param name="spill">The part on disk, owned by the queue; null where the policy is another.</param>
    public DeliveryQueue(
        string address,
        IBatchForm<T> form,
        Func<T, CancellationToken, ValueTask<PublishResult>> send,
        QueueOptions options,
        TimeProvider time,
        Action<string>? warn,
        SpillQueue? spill)
    {
        _delivery = new Delivery<T>(send, options, time);
        _form = form;
        _options = options;
        _spill = spill;
        _time = time;
        _ledger = new PublisherLedger();
        _losses = new LossReport(address, form.Noun, _ledger, warn);
        _room = new SemaphoreSlim(options.Batches);
        if (spill is { IsEmpty: false })
        {
            _ledger.Receive(spill.Items);
            _work.Release();
        }

        _worker = Task.Run(DrainAsync);
    }

    /// <summary>What became of the items so far.</summary>
    public PublisherCounts Counts
    {
        get
        {
            lock (_lock)
            {
                var counts = _ledger.Snapshot();
                return _spill is null
                    ? counts
                    : counts with { Spilled = _spill.Items, SpilledBytes = _spill.Bytes };
            }
        }
    }

    /// <summary>Takes a batch over, which the queue releases in the end.</summary>
    public async ValueTask EnqueueAsync(T batch, CancellationToken cancellationToken)
    {
        _ledger.Receive(_form.Count(batch));
        if (_options.Policy == FullQueuePolicy.Block && !await RoomAsync(cancellationToken).ConfigureAwait(false))
        {
            Drop(batch, "stopped", "it has stopped");
            return;
        }

        if (Add(batch, out var forgotten))
        {
            _work.Release();
        }

        if (forgotten is not null)
        {
            Drop(forgotten, "queue_full", "its queue is full");
        }
    }

    /// <summary>Lets the queue drain for a while, then spills or drops what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        _work.Release();
        using var patience = new CancellationTokenSource();
        var finished = await Task.WhenAny(_worker, Task.Delay(_options.DrainTime, _time, patience.Token))
            .ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        if (finished != _worker)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        await _worker.ConfigureAwait(false);
        lock (_lock)
        {
            _spill?.Dispose();
        }

        _closing.Dispose();
        _stop.Dispose();
    }

    private async ValueTask<bool> RoomAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            await _room.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private bool Add(T batch, out T? forgotten)
    {
        forgotten = null;
        lock (_lock)
        {
            if (_isClosed)
            {
                Drop(batch, "stopped", "it has stopped");
                return false;
            }

            if (_spill is not null && (!_spill.IsEmpty || _memory.Count >= _options.Batches))
            {
                _record.ResetWrittenCount();
                _form.Write(batch, _record);
                Settle(batch, _spill.Append(_record.WrittenSpan, _form.Count(batch)));
                return true;
            }

            if (_memory.Count >= _options.Batches)
            {
                forgotten = _memory.Dequeue();
            }

            _memory.Enqueue(batch);
            return true;
        }
    }

    /// <summary>After a batch went to disk, or did not.</summary>
    private void Settle(T batch, SpillOutcome outcome)
    {
        switch (outcome)
        {
            case SpillOutcome.Written:
                _losses.DiskTookIt();
                _form.Release(batch);
                break;
            case SpillOutcome.Full:
                Drop(batch, "spill_full", $"its spill has reached {_options.SpillBytesMax} bytes");
                break;
            case SpillOutcome.DiskFull:
                _losses.DropForDisk("disk_full", _form.Count(batch), _spill!.Problem);
                _form.Release(batch);
                break;
            default:
                _losses.DropForDisk("spill_failed", _form.Count(batch), _spill!.Problem);
                _form.Release(batch);
                break;
        }
    }

    private async Task DrainAsync()
    {
        T? left = null;
        while (left is null)
        {
            await _work.WaitAsync().ConfigureAwait(false);
            while (left is null && !_stop.IsCancellationRequested && Take(out var onDisk) is { } batch)
            {
                left = await DeliverAsync(batch, onDisk).ConfigureAwait(false) || onDisk > 0 ? null : batch;
            }

            lock (_lock)
            {
                if (_isClosed && (_memory.Count == 0 || _stop.IsCancellationRequested))
                {
                    break;
                }
            }
        }

        GiveUp(left);
    }

    /// <summary>The next batch, or null. One from disk stays there until it is settled.</summary>
    /// <param name="onDisk">The length of its record, or 0 when it was in memory.</param>
    private T? Take(out int onDisk)
    {
        lock (_lock)
        {
            onDisk = 0;
            if (_memory.TryDequeue(out var batch))
            {
                if (_options.Policy == FullQueuePolicy.Block)
                {
                    _room.Release();
                }

                return batch;
            }

            while (_spill is not null && !_isClosed)
            {
                var record = _spill.Peek(out var items, out var lost);
                if (lost > 0)
                {
                    _losses.Drop("spill_damaged", lost, "its records on disk are damaged");
                }

                if (record is null)
                {
                    return null;
                }

                if (_form.Read(record) is { } read)
                {
                    onDisk = record.Length;
                    return read;
                }

                _spill.Remove(record.Length, items);
                _losses.Drop("spill_damaged", items, "a record on disk is of another version");
            }

            return null;
        }
    }

    /// <summary>Sends a batch; false when the stop came first, and it is still to be settled.</summary>
    private async ValueTask<bool> DeliverAsync(T batch, int onDisk)
    {
        PublishResult result;
        try
        {
            result = await _delivery.SendAsync(batch, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            if (onDisk > 0)
            {
                _form.Release(batch);
            }

            return false;
        }

        var count = _form.Count(batch);
        lock (_lock)
        {
            if (onDisk > 0)
            {
                _spill!.Remove(onDisk, count);
            }

            _losses.Settle(count, result);
        }

        _form.Release(batch);
        return true;
    }

    /// <summary>Spills or drops what is left when the queue ends.</summary>
    private void GiveUp(T? underway)
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

            var records = left.Select(batch =>
            {
                _record.ResetWrittenCount();
                _form.Write(batch, _record);
                return (_record.WrittenSpan.ToArray(), _form.Count(batch));
            }).ToList();
            foreach (var (batch, outcome) in left.Zip(_spill.Prepend(records)))
            {
                Settle(batch, outcome);
            }
        }
    }

    private void Drop(T batch, string reason, string problem)
    {
        _losses.Drop(reason, _form.Count(batch), problem);
        _form.Release(batch);
    }
}
