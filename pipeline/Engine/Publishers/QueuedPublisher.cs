using System.Threading.Channels;
using Ops.Model;
using Polly;
using Polly.Retry;

namespace Ops.Pipeline.Publishers;

/// <summary>A target behind its own bounded queue and task, so that one that hangs stops no other.</summary>
/// <remarks>
/// A passing failure is retried with exponential back-off; what still fails is dropped as <c>failed</c>, what is
/// refused as <c>refused</c>, what the queue has no room for as <c>queue_full</c>, what is left at the end as
/// <c>stopped</c>.
/// </remarks>
public sealed class QueuedPublisher : IPublisher
{
    private readonly IPublisherTarget _target;
    private readonly QueueOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<string>? _warn;
    private readonly PublisherLedger _ledger = new();
    private readonly Channel<SampleBatch> _queue;
    private readonly ResiliencePipeline<PublishResult> _delivery;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    /// <summary>Starts the queue's task.</summary>
    /// <param name="address">Its address, without secrets.</param>
    /// <param name="target">Where it delivers to; disposed with it.</param>
    /// <param name="options">Queue and retries.</param>
    /// <param name="time">The clock of the back-off.</param>
    /// <param name="warn">Told of the 1st, 2nd, 4th ... loss of a kind.</param>
    public QueuedPublisher(
        string address, IPublisherTarget target, QueueOptions options, TimeProvider time, Action<string>? warn = null)
    {
        Address = address;
        _target = target;
        _options = options;
        _time = time;
        _warn = warn;
        var mode = options.Policy == FullQueuePolicy.Block
            ? BoundedChannelFullMode.Wait
            : BoundedChannelFullMode.DropOldest;
        _queue = Channel.CreateBounded<SampleBatch>(
            new BoundedChannelOptions(options.Batches) { FullMode = mode, SingleReader = true },
            batch => Drop("queue_full", batch, "its queue is full"));
        _delivery = Delivery(options, time);
        _worker = Task.Run(DrainAsync);
    }

    /// <inheritdoc/>
    public string Address { get; }

    /// <inheritdoc/>
    public PublisherCounts Counts => _ledger.Snapshot();

    /// <inheritdoc/>
    public async ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var copy = new SampleBatch(batch.Count);
        foreach (ref readonly var sample in batch.Items)
        {
            copy.Add(sample);
        }

        _ledger.Receive(copy.Count);
        try
        {
            await _queue.Writer.WriteAsync(copy, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception stopped) when (stopped is ChannelClosedException or OperationCanceledException)
        {
            Drop("stopped", copy, "it has stopped");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            return;
        }

        using var patience = new CancellationTokenSource();
        var finished = await Task.WhenAny(_worker, Task.Delay(_options.DrainTime, _time, patience.Token))
            .ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        if (finished != _worker)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }

        await _worker.ConfigureAwait(false);
        await _target.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static ResiliencePipeline<PublishResult> Delivery(QueueOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<PublishResult> { TimeProvider = time };
        if (options.RetriesMax != 0)
        {
            builder.AddRetry(new RetryStrategyOptions<PublishResult>
            {
                ShouldHandle = outcome =>
                    ValueTask.FromResult(outcome.Outcome.Result.Outcome == PublishOutcome.Passing),
                MaxRetryAttempts = options.RetriesMax < 0 ? int.MaxValue : options.RetriesMax,
                Delay = options.RetryDelay,
                MaxDelay = TimeSpan.FromSeconds(30),
                BackoffType = DelayBackoffType.Exponential,
            });
        }

        return builder.Build();
    }

    private async Task DrainAsync()
    {
        await foreach (var batch in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stop.IsCancellationRequested)
            {
                Drop("stopped", batch, "it stopped before its queue was empty");
                continue;
            }

            await DeliverAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task DeliverAsync(SampleBatch batch)
    {
        PublishResult result;
        try
        {
            result = await _delivery.ExecuteAsync(
                static (state, token) => state.Self.AttemptAsync(state.Batch, token),
                (Self: this, Batch: batch),
                _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Drop("stopped", batch, "it stopped before its queue was empty");
            return;
        }

        if (result.Outcome == PublishOutcome.Sent)
        {
            var refused = Math.Clamp(result.RefusedCount, 0, batch.Count);
            _ledger.Send(batch.Count - refused);
            if (refused > 0)
            {
                Drop("refused", refused, result.Problem ?? "refused");
            }

            batch.Dispose();
            return;
        }

        var reason = result.Outcome == PublishOutcome.Refused ? "refused" : "failed";
        Drop(reason, batch, result.Problem ?? reason);
    }

    private async ValueTask<PublishResult> AttemptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await _target.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return PublishResult.Passing(fault.Message);
        }
    }

    private void Drop(string reason, SampleBatch batch, string problem)
    {
        Drop(reason, batch.Count, problem);
        batch.Dispose();
    }

    private void Drop(string reason, int count, string problem)
    {
        var before = _ledger.Drop(reason, count) - count;
        if (_warn is not null && (before == 0 || long.Log2(before) != long.Log2(before + count)))
        {
            _warn($"publisher '{Address}' dropped {before + count} samples so far ({reason}): {problem}");
        }
    }
}
