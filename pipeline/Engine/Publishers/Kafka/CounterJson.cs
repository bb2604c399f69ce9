using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>Writes samples in Ceilometer's wire form, with <c>counter_*</c> names, unsigned.</summary>
internal static class CounterJson
{
    /// <summary>Writes one sample as an object.</summary>
    public static void Write(Utf8JsonWriter json, in Sample sample, Guid messageId)
    {
        var context = sample.Context;
        json.WriteStartObject();
        json.WriteString("source", context.Source);
        json.WriteString("counter_name", sample.Series.Meter);
        json.WriteString("counter_type", context.Kind.Word());
        json.WriteString("counter_unit", context.Unit);
        json.WriteNumber("counter_volume", sample.Volume);
        json.WriteString("user_id", context.UserId);
        json.WriteString("project_id", context.ProjectId);
        json.WriteString("resource_id", sample.Series.ResourceId);
        json.WriteString("timestamp", Timestamps.FromUnixNs(sample.TimestampNs).ToIso());
        json.WritePropertyName("resource_metadata");
        SampleJson.WriteMap(json, context.Metadata, 0);
        json.WriteString("message_id", messageId);
        if (double.IsNaN(sample.MonotonicSeconds))
        {
            json.WriteNull("monotonic_time");
        }
        else
        {
            json.WriteNumber("monotonic_time", sample.MonotonicSeconds);
        }

        json.WriteString("message_signature", "");
        json.WriteEndObject();
    }
}
