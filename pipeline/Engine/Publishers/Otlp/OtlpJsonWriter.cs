using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>Writes a sorted batch as an ExportMetricsServiceRequest in OTLP's JSON.</summary>
/// <remarks>Names are in lowerCamelCase, 64-bit numbers are texts, enumerations numbers.
/// Source: opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding".</remarks>
internal static class OtlpJsonWriter
{
    /// <summary>Writes the request.</summary>
    public static void Write(OtlpBatch batch, ReadOnlySpan<Sample> samples, IBufferWriter<byte> body)
    {
        using var json = new Utf8JsonWriter(body, SampleJson.Options);
        json.WriteStartObject();
        json.WriteStartArray("resourceMetrics");
        foreach (var resource in batch.Resources)
        {
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, resource.Attributes);
            json.WriteEndObject();
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "ops");
            json.WriteEndObject();
            json.WriteStartArray("metrics");
            foreach (var metric in resource.Metrics)
            {
                WriteMetric(json, batch, metric, samples);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetric(
        Utf8JsonWriter json, OtlpBatch batch, OtlpMetric metric, ReadOnlySpan<Sample> samples)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        if (metric.Unit.Length > 0)
        {
            json.WriteString("unit", metric.Unit);
        }

        json.WriteStartObject(metric.Kind == MeterKind.Gauge ? "gauge" : "sum");
        if (metric.Kind != MeterKind.Gauge)
        {
            json.WriteNumber("aggregationTemporality", metric.Kind == MeterKind.Cumulative ? 2 : 1);
            json.WriteBoolean("isMonotonic", metric.Kind == MeterKind.Cumulative);
        }

        json.WriteStartArray("dataPoints");
        for (var i = metric.First; i >= 0; i = batch.Next(i))
        {
            WritePoint(json, batch.SeriesOf(samples[i]), samples[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, OtlpSeries series, in Sample sample)
    {
        json.WriteStartObject();
        if (series.StartOf(sample) is var startNs && startNs > 0)
        {
            json.WriteString("startTimeUnixNano", startNs.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteString(
            "timeUnixNano", Math.Max(0, sample.TimestampNs).ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("asDouble", sample.Volume);
        WriteAttributes(json, series.Attributes);
        json.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter json, Tags attributes)
    {
        json.WriteStartArray("attributes");
        foreach (var (name, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
