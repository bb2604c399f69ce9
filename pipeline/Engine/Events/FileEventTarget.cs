using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Events;

/// <summary>Appends events to a file, one JSON object a line.</summary>
internal sealed class FileEventTarget(LineFile file) : IEventTarget
{
    public ValueTask<PublishResult> SendAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        file.AppendAsync(events.Count, (json, index) => EventJson.Write(json, events[index]), cancellationToken);

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
