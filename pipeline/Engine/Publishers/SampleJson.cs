using System.Text.Encodings.Web;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Writes samples as JSON objects with the field names of Ceilometer's Sample.</summary>
internal static class SampleJson
{
    private const int DepthMax = 32;

    /// <summary>Text as UTF-8, not escaped beyond what JSON asks for.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes a sample, its time in ISO form with <c>Z</c>, and its monotonic time where it has
    /// one.</summary>
    public static void Write(Utf8JsonWriter json, in Sample sample)
    {
        json.WriteStartObject();
        WriteFields(json, sample, Timestamps.FromUnixNs(sample.TimestampNs).ToIso(), sample.Series.ResourceId);
        if (!double.IsNaN(sample.MonotonicSeconds))
        {
            json.WriteNumber("monotonic_time", sample.MonotonicSeconds);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the fields without the braces.</summary>
    public static void WriteFields(Utf8JsonWriter json, in Sample sample, string timestamp, string? resourceId)
    {
        var context = sample.Context;
        json.WriteString("name", sample.Series.Meter);
        json.WriteString("type", context.Kind.Word());
        json.WriteString("unit", context.Unit);
        json.WriteNumber("volume", sample.Volume);
        json.WriteString("resource_id", resourceId);
        json.WriteString("project_id", context.ProjectId);
        json.WriteString("user_id", context.UserId);
        json.WriteString("timestamp", timestamp);
        json.WritePropertyName("resource_metadata");
        WriteMap(json, context.Metadata, 0);
        json.WriteString("source", context.Source);
    }

    /// <summary>Writes a map of metadata.</summary>
    public static void WriteMap(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> map, int depth)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map)
        {
            json.WritePropertyName(name);
            WriteValue(json, value, depth + 1);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value, int depth)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case not null when depth > DepthMax: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case long whole: json.WriteNumberValue(whole); break;
            case int whole: json.WriteNumberValue(whole); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case double: json.WriteNullValue(); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(json, map, depth); break;
            case IReadOnlyList<object?> list:
                json.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(json, item, depth + 1);
                }

                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
