using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>Sorts the samples of a batch by resource and metric, as OTLP nests them. Not safe for concurrent
/// use.</summary>
/// <remarks>Nothing is allocated for a sample whose series was met before.</remarks>
internal sealed class OtlpBatch
{
    private const int AttributesField = 1;
    private const int PointAttributesField = 7;

    private readonly SeriesMemo<OtlpSeries> _memo;
    private readonly Dictionary<Tags, OtlpResource> _resources = [];
    private readonly Dictionary<(OtlpResource, string, string, MeterKind), OtlpMetric> _metrics = [];
    private readonly Dictionary<(OtlpMetric, Tags), OtlpSeries> _series = [];
    private readonly List<OtlpResource> _present = [];
    private readonly List<OtlpSeries> _touched = [];
    private int[] _next = [];
    private long _batch;

    public OtlpBatch() => _memo = new SeriesMemo<OtlpSeries>(Make);

    /// <summary>The resources of the batch at hand, in order of first sight.</summary>
    public IReadOnlyList<OtlpResource> Resources => _present;

    /// <summary>Sorts the samples; what <see cref="Next"/> and the metrics say are their places.</summary>
    public void Sort(ReadOnlySpan<Sample> samples)
    {
        if (_next.Length < samples.Length)
        {
            _next = new int[Math.Max(samples.Length, SampleBatch.CountMax)];
        }

        _batch++;
        _present.Clear();
        _touched.Clear();
        for (var i = 0; i < samples.Length; i++)
        {
            var series = _memo.Of(samples[i]);
            if (series.Batch != _batch)
            {
                series.Batch = _batch;
                series.Begin();
                _touched.Add(series);
            }

            _next[i] = -1;
            Link(series.Metric, i);
        }
    }

    /// <summary>The series of a sample of the batch.</summary>
    public OtlpSeries SeriesOf(in Sample sample) => _memo.Of(sample);

    /// <summary>The place of the next sample of the same metric; -1 after the last.</summary>
    public int Next(int place) => _next[place];

    /// <summary>Says that the batch was taken: sums go on from its points.</summary>
    public void Taken()
    {
        foreach (var series in _touched)
        {
            series.Taken();
        }
    }

    private void Link(OtlpMetric metric, int place)
    {
        if (metric.Batch == _batch)
        {
            _next[metric.Last] = place;
            metric.Last = place;
            return;
        }

        metric.Batch = _batch;
        metric.First = metric.Last = place;
        var resource = metric.Resource;
        if (resource.Batch != _batch)
        {
            resource.Batch = _batch;
            resource.Metrics.Clear();
            _present.Add(resource);
        }

        resource.Metrics.Add(metric);
    }

    private OtlpSeries Make(Series series, SampleContext context)
    {
        if (_series.Count >= SeriesMemo<OtlpSeries>.SeriesMax)
        {
            _series.Clear();
            _metrics.Clear();
            _resources.Clear();
        }

        var resource = ResourceOf(series, context);
        var key = (resource, series.Meter, context.Unit, context.Kind);
        if (!_metrics.TryGetValue(key, out var metric))
        {
            _metrics[key] = metric = new OtlpMetric(resource, series.Meter, context.Unit, context.Kind);
        }

        var place = (metric, series.Dimensions);
        return _series.TryGetValue(place, out var known)
            ? known
            : _series[place] = new OtlpSeries(
                metric, series.Dimensions, Encode(PointAttributesField, series.Dimensions));
    }

    private OtlpResource ResourceOf(Series series, SampleContext context)
    {
        var attributes = Tags.From(new (string Name, string? Value)[]
            {
                ("resource_id", series.ResourceId), ("resource_name", context.ResourceName),
                ("resource_type", context.ResourceType), ("project_id", context.ProjectId),
                ("user_id", context.UserId), ("source", context.Source),
            }
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)));
        if (!_resources.TryGetValue(attributes, out var resource))
        {
            _resources[attributes] = resource = new OtlpResource(attributes, Encode(AttributesField, attributes));
        }

        return resource;
    }

    // KeyValue { string key = 1; AnyValue value = 2 }, AnyValue { string string_value = 1 }
    private static byte[] Encode(int field, Tags attributes)
    {
        var body = new ByteText(256);
        foreach (var (name, value) in attributes)
        {
            var pair = body.Begin(field);
            body.Text(1, name);
            var any = body.Begin(2);
            body.Text(1, value);
            body.End(any);
            body.End(pair);
        }

        return body.Span.ToArray();
    }
}
