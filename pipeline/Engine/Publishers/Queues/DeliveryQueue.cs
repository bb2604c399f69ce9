using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Publishers.Queues;

/// <summary>Batches that wait for a target, in memory or on disk, and the one task that sends them.</summary>
/// <remarks>
/// A passing failure is retried with exponential back-off; what still fails is dropped as <c>failed</c>, what is
/// refused as <c>refused</c>, what there is no room for as <c>queue_full</c>, <c>spill_full</c> or <c>disk_full</c>,
/// what is left at the end as <c>stopped</c>, unless it can be spilled. Safe for concurrent use.
/// </remarks>
internal sealed class DeliveryQueue<T> : IAsyncDisposable
    where T : class
{
    private const int BusyTriesUsual = 50;
    private static readonly TimeSpan _busyWait = TimeSpan.FromMilliseconds(200);

    private readonly IBatchForm<T> _form;
    private readonly QueueOptions _options;
    private readonly SpillSource? _source;
    private readonly TimeProvider _time;
    private readonly PublisherLedger _ledger = new();
    private readonly LossReport _losses;
    private readonly Backlog<T> _backlog;
    private readonly Delivery<T> _delivery;
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private int _isDisposed;

    /// <summary>Starts the queue's task.</summary>
    /// <param name="address">The publisher's address, without secrets.</param>
    /// <param name="form">What the batches are.</param>
    /// <param name="send">Delivers a batch once.</param>
    /// <param name="options">Queue and retries.</param>
    /// <param name="time">The clock of back-off and timeouts.</param>
    /// <param name="warn">Told of losses.</param>
    /// <param name="source">Where its part on disk is; null where the policy is another.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public DeliveryQueue(
        string address,
        IBatchForm<T> form,
        Func<T, CancellationToken, ValueTask<PublishResult>> send,
        QueueOptions options,
        TimeProvider time,
        Action<string>? warn,
        SpillSource? source)
    {
        _form = form;
        _options = options;
        _source = source;
        _time = time;
        _losses = new LossReport(address, form.Noun, _ledger, warn);
        _backlog = new Backlog<T>(form, options, source, _ledger, _losses);
        _delivery = new Delivery<T>(send, options, time);
        _room = new SemaphoreSlim(options.Batches);
        _backlog.TryOpenSpill();
        _worker = Task.Run(DrainAsync);
    }

    /// <summary>What became of the items so far.</summary>
    public PublisherCounts Counts => _backlog.Counts;

    /// <summary>Takes a batch over, which the queue releases in the end.</summary>
    public async ValueTask EnqueueAsync(T batch, CancellationToken cancellationToken)
    {
        _ledger.Receive(_form.Count(batch));
        if (_options.Policy == FullQueuePolicy.Block && !await RoomAsync(cancellationToken).ConfigureAwait(false))
        {
            _losses.Drop("stopped", _form.Count(batch), "it has stopped");
            _form.Release(batch);
            return;
        }

        _backlog.Add(batch);
        _work.Release();
    }

    /// <summary>Lets the queue drain for a while, then spills or drops what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _backlog.Close();
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

    private async Task DrainAsync()
    {
        await OpenSpillAsync().ConfigureAwait(false);
        T? left = null;
        do
        {
            while (left is null && !_stop.IsCancellationRequested && _backlog.Take(out var onDisk) is { } batch)
            {
                if (onDisk == 0 && _options.Policy == FullQueuePolicy.Block)
                {
                    _room.Release();
                }

                left = await DeliverAsync(batch, onDisk).ConfigureAwait(false);
            }

            if (_stop.IsCancellationRequested || _backlog.IsDrained)
            {
                break;
            }

            await _work.WaitAsync().ConfigureAwait(false);
        }
        while (left is null);

        _backlog.GiveUp(left);
    }

    /// <summary>Waits until no other has the spill; nothing is sent before, so that the order is kept.</summary>
    private async ValueTask OpenSpillAsync()
    {
        try
        {
            for (var tries = 1; !_backlog.TryOpenSpill() && !_closing.IsCancellationRequested; tries++)
            {
                if (tries == BusyTriesUsual)
                {
                    _losses.Say($"waits for '{_source!.Folder}', which another publisher to the same place has open");
                }

                await Task.Delay(_busyWait, _time, _closing.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _losses.Say($"goes without its spill: {fault.Message}");
        }
    }

    /// <summary>Sends a batch; gives it back when the stop broke it off and it is in memory only.</summary>
    private async ValueTask<T?> DeliverAsync(T batch, int onDisk)
    {
        try
        {
            var result = await _delivery.SendAsync(batch, _stop.Token).ConfigureAwait(false);
            if (result.Outcome != PublishOutcome.Passing || !_stop.IsCancellationRequested)
            {
                _backlog.Settle(batch, onDisk, result);
                return null;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It is settled below, as one that failed only because of the stop.
        }

        if (onDisk == 0)
        {
            return batch;
        }

        _form.Release(batch);
        return null;
    }
}
