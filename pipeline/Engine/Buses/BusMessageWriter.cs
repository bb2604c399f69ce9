using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Pipeline.Buses;

/// <summary>Writes a batch as messages, at least one a resource. Not safe for concurrent use.</summary>
/// <param name="messageBytesMax">Where a message is full and another one begins.</param>
internal sealed class BusMessageWriter(int messageBytesMax)
{
    private readonly ByteText _body = new();
    private readonly List<BusResource> _present = [];
    private readonly Dictionary<string, BusResource> _resources = new(StringComparer.Ordinal);
    private SeriesMemo<BusSeries>? _memo;
    private int[] _next = [];
    private long _batch;

    /// <summary>Makes the messages of a batch, in order of the resources' first sight.</summary>
    public List<KafkaOutgoing> Write(ReadOnlySpan<Sample> samples)
    {
        _memo ??= new SeriesMemo<BusSeries>(Make);
        Chain(samples);
        var messages = new List<KafkaOutgoing>(_present.Count);
        foreach (var resource in _present)
        {
            WriteResource(samples, resource, messages);
        }

        return messages;
    }

    private void Chain(ReadOnlySpan<Sample> samples)
    {
        if (_next.Length < samples.Length)
        {
            _next = new int[Math.Max(samples.Length, SampleBatch.CountMax)];
        }

        _batch++;
        _present.Clear();
        for (var i = 0; i < samples.Length; i++)
        {
            var resource = _memo!.Of(samples[i]).Resource;
            _next[i] = -1;
            if (resource.Batch == _batch)
            {
                _next[resource.Last] = i;
            }
            else
            {
                resource.Batch = _batch;
                resource.First = i;
                _present.Add(resource);
            }

            resource.Last = i;
        }
    }

    private void WriteResource(ReadOnlySpan<Sample> samples, BusResource resource, List<KafkaOutgoing> messages)
    {
        _body.Cut();
        var count = 0;
        BusSeries? open = null;
        for (var i = resource.First; i >= 0; i = _next[i])
        {
            var series = _memo!.Of(samples[i]);
            if (ReferenceEquals(series, open))
            {
                _body.Add((byte)',');
            }
            else
            {
                Close(open);
                _body.Add(series.Head);
            }

            WritePoint(samples[i]);
            open = series;
            count++;
            if (_body.Count >= messageBytesMax || _next[i] < 0)
            {
                Close(open);
                messages.Add(new KafkaOutgoing(resource.Key, _body.Span.ToArray(), count));
                _body.Cut();
                (open, count) = (null, 0);
            }
        }
    }

    private void WritePoint(in Sample sample)
    {
        _body.Add((byte)'[');
        _body.Add(sample.TimestampNs);
        _body.Add((byte)',');
        _body.Add(sample.Volume);
        if (!double.IsNaN(sample.MonotonicSeconds))
        {
            _body.Add((byte)',');
            _body.Add(sample.MonotonicSeconds);
        }

        _body.Add((byte)']');
    }

    private void Close(BusSeries? open)
    {
        if (open is not null)
        {
            _body.Add("]}\n"u8);
        }
    }

    private BusSeries Make(Series series, SampleContext context)
    {
        if (!_resources.TryGetValue(series.ResourceId, out var resource))
        {
            if (_resources.Count >= SeriesMemo<BusSeries>.SeriesMax)
            {
                _resources.Clear();
            }

            _resources[series.ResourceId] = resource = new BusResource(series.ResourceId);
        }

        return new BusSeries(resource, BusSeries.HeadOf(series, context));
    }
}
