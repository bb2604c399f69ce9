using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Queues;
using Ops.Pipeline.Publishers.Spill;

namespace Ops.Pipeline.Events;

/// <summary>A target of events behind its own bounded queue and task; the same queue, policies and counters as
/// <see cref="QueuedPublisher"/> has for samples.</summary>
internal sealed class QueuedEventPublisher : IEventPublisher
{
    private readonly IEventTarget _target;
    private readonly DeliveryQueue<IReadOnlyList<Event>> _queue;

    public QueuedEventPublisher(
        string address,
        IEventTarget target,
        QueueOptions options,
        TimeProvider time,
        Action<string>? warn,
        SpillSource? spill)
    {
        Address = address;
        _target = target;
        _queue = new DeliveryQueue<IReadOnlyList<Event>>(
            address, new EventBatchForm(), target.SendAsync, options, time, warn, spill);
    }

    public string Address { get; }

    public PublisherCounts Counts => _queue.Counts;

    public ValueTask PublishAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        _queue.EnqueueAsync([.. events], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync().ConfigureAwait(false);
        await _target.DisposeAsync().ConfigureAwait(false);
    }
}
