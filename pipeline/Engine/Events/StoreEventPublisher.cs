using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>Hands events straight to a sink of our own (<c>store://</c>): no queue, so that what is accepted is
/// stored.</summary>
internal sealed class StoreEventPublisher(string address, IEventSink sink) : IEventPublisher
{
    private readonly PublisherLedger _ledger = new();

    public string Address => address;

    public PublisherCounts Counts => _ledger.Snapshot();

    public async ValueTask PublishAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        _ledger.Receive(events.Count);
        var isDone = false;
        try
        {
            await sink.AcceptAsync(events, cancellationToken).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            if (isDone)
            {
                _ledger.Send(events.Count);
            }
            else
            {
                _ledger.Drop(cancellationToken.IsCancellationRequested ? "stopped" : "failed", events.Count);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
