using System.Buffers;
using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>Produces one JSON message a sample to a Kafka topic, in Ceilometer's wire form, keyed by
/// resource.</summary>
/// <remarks>
/// A sample counts as sent when the broker has reported it. A retry sends those of a batch again that were not
/// reported, so that without <c>idempotence</c> a message may come twice, with the same message_id. What the broker
/// refuses for good, such as a message that is too large, counts as refused.
/// </remarks>
internal sealed class KafkaTarget : IPublisherTarget
{
    private readonly KafkaTargetOptions _options;
    private readonly KafkaSender _sender;
    private readonly ArrayBufferWriter<byte> _json = new(4096);
    private readonly List<KafkaOutgoing> _messages = [];
    private SampleBatch? _batch;

    /// <param name="options">Cluster, producer and topic.</param>
    /// <param name="warn">Told when the producer has to begin anew.</param>
    public KafkaTarget(KafkaTargetOptions options, Action<string>? warn)
    {
        _options = options;
        _sender = new KafkaSender(options.Producer.Config(options.Connection), warn);
    }

    public async ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (!ReferenceEquals(_batch, batch))
        {
            Encode(batch);
            _batch = batch;
        }

        var (passing, refusal) = await _sender.SendAsync(_options.Topic, _messages, cancellationToken)
            .ConfigureAwait(false);
        if (passing is not null)
        {
            return PublishResult.Passing(passing);
        }

        _batch = null;
        var refused = _messages.Count(message => message.State == OutgoingState.Refused);
        _messages.Clear();
        return refused == 0 ? PublishResult.Sent
            : refused == batch.Count ? PublishResult.Refused(refusal ?? "the broker refuses it")
            : PublishResult.SentBut(refused, refusal ?? "the broker refuses some");
    }

    public ValueTask DisposeAsync()
    {
        _sender.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Encode(SampleBatch batch)
    {
        _messages.Clear();
        foreach (ref readonly var sample in batch.Items)
        {
            _json.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_json, SampleJson.Options))
            {
                CounterJson.Write(json, sample, Guid.NewGuid());
            }

            _messages.Add(new KafkaOutgoing(
                Encoding.UTF8.GetBytes(sample.Series.ResourceId), _json.WrittenSpan.ToArray(), 1));
        }
    }
}
