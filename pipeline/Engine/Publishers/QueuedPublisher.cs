using Ops.Model;
using Ops.Pipeline.Publishers.Queues;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Publishers;

/// <summary>A target behind its own bounded queue and task, so that one that hangs stops no other.</summary>
/// <remarks>A passing failure is retried with exponential back-off and jitter. Every sample that came in is at any time
/// sent, dropped by reason (<c>failed</c>, <c>refused</c>, <c>queue_full</c>, <c>spill_full</c>, <c>disk_full</c>,
/// <c>spill_failed</c>, <c>spill_damaged</c>, <c>stopped</c>) or still queued, in memory or on disk.</remarks>
public sealed class QueuedPublisher : IPublisher
{
    private readonly IPublisherTarget _target;
    private readonly DeliveryQueue<SampleBatch> _queue;

    /// <summary>Starts the queue's task; the policy spill is taken as drop_oldest here.</summary>
    /// <param name="address">Its address, without secrets.</param>
    /// <param name="target">Where it delivers to; disposed with it.</param>
    /// <param name="options">Queue and retries.</param>
    /// <param name="time">The clock of back-off and timeouts.</param>
    /// <param name="warn">Told of losses.</param>
    public QueuedPublisher(
        string address, IPublisherTarget target, QueueOptions options, TimeProvider time, Action<string>? warn = null)
        : this(address, target, options, time, warn, null, new SeriesCatalog())
    {
    }

    internal QueuedPublisher(
        string address,
        IPublisherTarget target,
        QueueOptions options,
        TimeProvider time,
        Action<string>? warn,
        SpillSource? spill,
        SeriesCatalog series)
    {
        Address = address;
        _target = target;
        _queue = new DeliveryQueue<SampleBatch>(
            address, new SampleBatchForm(series), target.SendAsync, options, time, warn, spill);
    }

    /// <inheritdoc/>
    public string Address { get; }

    /// <inheritdoc/>
    public PublisherCounts Counts => _queue.Counts;

    /// <inheritdoc/>
    public ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        var copy = new SampleBatch(batch.Count);
        foreach (ref readonly var sample in batch.Items)
        {
            copy.Add(sample);
        }

        return _queue.EnqueueAsync(copy, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _target.DisposeAsync().ConfigureAwait(false);
    }
}
