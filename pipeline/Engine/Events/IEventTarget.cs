using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>Delivers events to a place outside, a batch at a time; the queue before it is
/// <see cref="QueuedEventPublisher"/>.</summary>
public interface IEventTarget : IAsyncDisposable
{
    /// <summary>Whether each of its requests has a limit in time of its own, so that the queue sets none.</summary>
    bool LimitsItsTime => false;

    /// <summary>Delivers events once. A failure is a result; an exception is taken as a passing failure.</summary>
    ValueTask<PublishResult> SendAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken);
}
