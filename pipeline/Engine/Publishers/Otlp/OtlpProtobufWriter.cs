using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>Writes a sorted batch as an ExportMetricsServiceRequest in protobuf.</summary>
/// <remarks>
/// <code>
/// request { repeated ResourceMetrics = 1 }      ResourceMetrics { Resource = 1; repeated ScopeMetrics = 2 }
/// ScopeMetrics { Scope = 1; repeated Metric = 2 }      Scope { name = 1 }
/// Metric { name = 1; unit = 3; Gauge = 5 { points = 1 } | Sum = 7 { points = 1; temporality = 2; is_monotonic = 3 } }
/// NumberDataPoint { fixed64 start = 2; fixed64 time = 3; double as_double = 4; repeated attributes = 7 }
/// </code>
/// Source: opentelemetry-proto 1.3, metrics/v1/metrics.proto.
/// </remarks>
internal static class OtlpProtobufWriter
{
    private const int Gauge = 5, Sum = 7;
    private const int TemporalityDelta = 1, TemporalityCumulative = 2;

    /// <summary>Appends the request to a body.</summary>
    public static void Write(OtlpBatch batch, ReadOnlySpan<Sample> samples, ByteText body)
    {
        foreach (var resource in batch.Resources)
        {
            var resourceMetrics = body.Begin(1);
            body.Bytes(1, resource.Encoded);
            var scopeMetrics = body.Begin(2);
            var scope = body.Begin(1);
            body.Text(1, "ops");
            body.End(scope);
            foreach (var metric in resource.Metrics)
            {
                var start = body.Begin(2);
                WriteMetric(batch, metric, samples, body);
                body.End(start);
            }

            body.End(scopeMetrics);
            body.End(resourceMetrics);
        }
    }

    private static void WriteMetric(OtlpBatch batch, OtlpMetric metric, ReadOnlySpan<Sample> samples, ByteText body)
    {
        body.Text(1, metric.Name);
        if (metric.Unit.Length > 0)
        {
            body.Text(3, metric.Unit);
        }

        var data = body.Begin(metric.Kind == MeterKind.Gauge ? Gauge : Sum);
        for (var i = metric.First; i >= 0; i = batch.Next(i))
        {
            var series = batch.SeriesOf(samples[i]);
            var point = body.Begin(1);
            if (series.StartOf(samples[i]) is var startNs && startNs > 0)
            {
                body.Fixed64(2, (ulong)startNs);
            }

            body.Fixed64(3, (ulong)Math.Max(0, samples[i].TimestampNs));
            body.Double(4, samples[i].Volume);
            body.Add(series.Encoded);
            body.End(point);
        }

        if (metric.Kind != MeterKind.Gauge)
        {
            var isCumulative = metric.Kind == MeterKind.Cumulative;
            body.Number(2, isCumulative ? TemporalityCumulative : TemporalityDelta);
            if (isCumulative)
            {
                body.Number(3, 1);
            }
        }

        body.End(data);
    }
}
