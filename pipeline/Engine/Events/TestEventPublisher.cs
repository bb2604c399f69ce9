using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>Keeps what was published in memory (<c>test://</c>), the newest <see cref="EventsMax"/> events.</summary>
public sealed class TestEventPublisher(string address) : IEventPublisher
{
    /// <summary>The most events that are kept.</summary>
    public const int EventsMax = 10_000;

    private readonly PublisherLedger _ledger = new();
    private readonly Queue<Event> _events = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Address => address;

    /// <inheritdoc/>
    public PublisherCounts Counts => _ledger.Snapshot();

    /// <summary>The events, oldest first.</summary>
    public IReadOnlyList<Event> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        _ledger.Receive(events.Count);
        lock (_lock)
        {
            foreach (var one in events)
            {
                _events.Enqueue(one);
            }

            while (_events.Count > EventsMax)
            {
                _events.Dequeue();
            }
        }

        _ledger.Send(events.Count);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
