using System.Buffers;
using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Wire;

/// <summary>Writes samples and events as the signed messages that Ceilometer's agents exchange: the
/// <c>counter_*</c> form of a sample, the form of an event with its traits as lists.</summary>
/// <remarks>Source: ceilometer.publisher.utils (19.0.0). An empty secret gives an empty signature. Not safe for
/// concurrent use.</remarks>
internal sealed class CounterForm(string secret)
{
    private readonly ArrayBufferWriter<byte> _unsigned = new(1024);

    /// <summary>Appends a sample as a JSON object.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="publisherId">Who sends it; null leaves the field out.</param>
    /// <param name="output">Where to.</param>
    public void Write(in Sample sample, string? publisherId, IBufferWriter<byte> output)
    {
        _unsigned.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_unsigned, SampleJson.Options))
        {
            json.WriteStartObject();
            WriteFields(json, sample, publisherId);
            json.WriteEndObject();
        }

        Sign(output);
    }

    /// <summary>Appends an event as a JSON object.</summary>
    public void Write(Event one, IBufferWriter<byte> output)
    {
        _unsigned.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_unsigned, SampleJson.Options))
        {
            EventJson.Write(json, one);
        }

        Sign(output);
    }

    private static void WriteFields(Utf8JsonWriter json, in Sample sample, string? publisherId)
    {
        var context = sample.Context;
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
        json.WriteString("message_id", SampleId.Of(sample));
        if (double.IsNaN(sample.MonotonicSeconds))
        {
            json.WriteNull("monotonic_time");
        }
        else
        {
            json.WriteNumber("monotonic_time", sample.MonotonicSeconds);
        }

        if (publisherId is not null)
        {
            json.WriteString("publisher_id", publisherId);
        }
    }

    private void Sign(IBufferWriter<byte> output)
    {
        var signature = "";
        if (secret.Length > 0)
        {
            var reader = new Utf8JsonReader(_unsigned.WrittenSpan);
            using var message = JsonDocument.ParseValue(ref reader);
            signature = MessageSignature.Compute(message.RootElement, secret);
        }

        output.Write(_unsigned.WrittenSpan[..^1]);
        output.Write(",\"message_signature\":\""u8);
        Encoding.ASCII.GetBytes(signature, output);
        output.Write("\"}"u8);
    }
}
