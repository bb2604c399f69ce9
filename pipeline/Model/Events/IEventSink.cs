namespace Ops.Model;

/// <summary>Takes events: a pipeline, the store, the alarms.</summary>
public interface IEventSink
{
    /// <summary>Takes events in order; when the task is done they are accepted, and may be acknowledged.</summary>
    ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken);
}
