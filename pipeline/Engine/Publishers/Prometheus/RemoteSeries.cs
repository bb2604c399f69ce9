using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>A series as remote write shows it: its labels, encoded once, and its metric's metadata.</summary>
internal sealed class RemoteSeries
{
    private const int LabelField = 1;

    private RemoteSeries(string metric, MeterKind kind, string unit, byte[] labels) =>
        (Metric, Kind, Unit, Labels) = (metric, kind, unit, labels);

    /// <summary>The metric's name.</summary>
    public string Metric { get; }

    /// <summary>Gauge, delta or cumulative.</summary>
    public MeterKind Kind { get; }

    /// <summary>The unit, or empty.</summary>
    public string Unit { get; }

    /// <summary>The labels, <c>__name__</c> first, as fields of a TimeSeries.</summary>
    public byte[] Labels { get; }

    /// <summary>The batch in which it was met last.</summary>
    public long Batch { get; set; }

    /// <summary>The place of its newest sample in that batch.</summary>
    public int Last { get; set; }

    public static RemoteSeries Of(Series series, SampleContext context, Tags tags)
    {
        var metric = PrometheusNames.Metric(series.Meter);
        var body = new ByteText(256);
        Add(body, "__name__", metric);
        foreach (var (name, value) in PrometheusNames.Labels(tags))
        {
            Add(body, name, value);
        }

        return new RemoteSeries(metric, context.Kind, context.Unit, body.Span.ToArray());
    }

    private static void Add(ByteText body, string name, string value)
    {
        var label = new ByteText(64);
        label.Text(1, name);
        label.Text(2, value);
        body.Bytes(LabelField, label.Span);
    }
}
