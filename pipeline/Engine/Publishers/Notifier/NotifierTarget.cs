using System.Buffers;
using Ops.Model;
using Ops.Pipeline.Publishers.Wire;

namespace Ops.Pipeline.Publishers.Notifier;

/// <summary>Publishes samples as Ceilometer's notifier does: a notification <c>metering</c> of priority sample whose
/// payload is the list of signed messages.</summary>
/// <remarks>With <c>per_meter_topic</c> each meter follows again in a notification <c>metering.METER</c>. A batch that
/// is tried again goes on after the last notification that the broker confirmed, under the same ids.</remarks>
internal sealed class NotifierTarget : IPublisherTarget
{
    private const string EventType = "metering";

    private readonly NotifierOptions _options;
    private readonly CounterForm _form;
    private readonly NotifierLink _link;
    private readonly string _publisherId;
    private readonly TimeProvider _time;
    private readonly Queue<byte[]> _messages = new();
    private SampleBatch? _partly;

    public NotifierTarget(NotifierOptions options, string secret, string host, TimeProvider time)
    {
        _options = options;
        _form = new CounterForm(secret);
        _link = new NotifierLink(options);
        _publisherId = $"telemetry.publisher.{host}";
        _time = time;
    }

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_partly, batch))
        {
            Encode(batch);
            _partly = batch;
        }

        while (_messages.TryPeek(out var message))
        {
            if (await _link.PublishAsync(message, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return PublishResult.Passing(problem);
            }

            _messages.Dequeue();
        }

        _partly = null;
        return PublishResult.Sent;
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private void Encode(SampleBatch batch)
    {
        _messages.Clear();
        var all = Enumerable.Range(0, batch.Count).ToList();
        _messages.Enqueue(Encode(batch, EventType, all));
        if (!_options.PerMeterTopic)
        {
            return;
        }

        foreach (var meter in all.GroupBy(i => batch.Items[i].Series.Meter).OrderBy(
                     group => group.Key, StringComparer.Ordinal))
        {
            _messages.Enqueue(Encode(batch, $"{EventType}.{meter.Key}", meter));
        }
    }

    private byte[] Encode(SampleBatch batch, string eventType, IEnumerable<int> which)
    {
        var payload = new ArrayBufferWriter<byte>(512 * batch.Count);
        foreach (var i in which)
        {
            payload.Write(payload.WrittenCount == 0 ? "["u8 : ","u8);
            _form.Write(batch.Items[i], null, payload);
        }

        payload.Write("]"u8);
        return OsloMessage.Encode(eventType, _publisherId, payload.WrittenSpan, Guid.NewGuid(), _time.GetUtcNow());
    }
}
