using System.Buffers;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Notifier;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Events;

/// <summary>Publishes events as Ceilometer's notifier does: a notification <c>event</c> of priority sample whose
/// payload is the list of signed messages.</summary>
/// <remarks>A batch that is tried again goes out under the same id.</remarks>
internal sealed class NotifierEventTarget(NotifierOptions options, string secret, string host, TimeProvider time)
    : IEventTarget
{
    private readonly CounterForm _form = new(secret);
    private readonly NotifierLink _link = new(options);
    private IReadOnlyList<Event>? _last;
    private byte[] _message = [];

    public async ValueTask<PublishResult> SendAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_last, events))
        {
            _message = Encode(events);
            _last = events;
        }

        var problem = await _link.PublishAsync(_message, cancellationToken).ConfigureAwait(false);
        return problem is null ? PublishResult.Sent : PublishResult.Passing(problem);
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private byte[] Encode(IReadOnlyList<Event> events)
    {
        var payload = new ArrayBufferWriter<byte>(1024);
        foreach (var one in events)
        {
            payload.Write(payload.WrittenCount == 0 ? "["u8 : ","u8);
            _form.Write(one, payload);
        }

        payload.Write("]"u8);
        return OsloMessage.Encode(
            "event", $"telemetry.publisher.{host}", payload.WrittenSpan, Guid.NewGuid(), time.GetUtcNow());
    }
}
