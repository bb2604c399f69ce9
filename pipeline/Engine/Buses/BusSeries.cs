using System.Buffers;
using System.Text;
using System.Text.Json;
using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Buses;

/// <summary>A resource on its way over the bus: the key of its messages, and its samples of the batch at
/// hand.</summary>
internal sealed class BusResource(string id)
{
    /// <summary>The key.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes(id);

    public long Batch { get; set; }

    public int First { get; set; }

    public int Last { get; set; }
}

/// <summary>A series with its context as a line begins with them.</summary>
internal sealed class BusSeries(BusResource resource, byte[] head)
{
    private static ReadOnlySpan<byte> Points => "\"points\":["u8;

    public BusResource Resource => resource;

    /// <summary>The line up to and with <c>"points":[</c>.</summary>
    public byte[] Head => head;

    /// <summary>Writes the head of a series.</summary>
    public static byte[] HeadOf(Series series, SampleContext context)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, SampleJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", BusLine.Version);
            json.WriteString("meter", series.Meter);
            json.WriteString("resource_id", series.ResourceId);
            WriteIdentity(json, series);
            json.WriteString("type", context.Kind.Word());
            json.WriteString("unit", context.Unit);
            WriteKnown(json, "project_id", context.ProjectId);
            WriteKnown(json, "user_id", context.UserId);
            json.WriteString("source", context.Source);
            WriteKnown(json, "resource_type", context.ResourceType);
            WriteKnown(json, "resource_name", context.ResourceName);
            if (context.Metadata.Count > 0)
            {
                json.WritePropertyName("resource_metadata");
                SampleJson.WriteMap(json, context.Metadata, 0);
            }

            json.WriteEndObject();
        }

        // Without the brace, with the points that follow.
        return [.. bytes.WrittenSpan[..^1], (byte)',', .. Points];
    }

    private static void WriteIdentity(Utf8JsonWriter json, Series series)
    {
        if (series.Measurement != series.Meter || series.Field != "value" || series.Database is not null)
        {
            json.WriteString("measurement", series.Measurement);
            json.WriteString("field", series.Field);
            json.WriteString("database", series.Database);
        }

        if (series.Dimensions.Count > 0)
        {
            json.WriteStartObject("dimensions");
            foreach (var (name, value) in series.Dimensions)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
