using System.Globalization;
using System.Text.Json;

namespace Ops.Pipeline.Publishers.Notifier;

/// <summary>A notification as oslo.messaging puts it on the bus: envelope 2.0 around a JSON text.</summary>
/// <remarks>Source: oslo.messaging, notify/notifier.py and _drivers/common.py.</remarks>
internal static class OsloMessage
{
    /// <summary>The priority of all that Ceilometer publishes.</summary>
    public const string Priority = "SAMPLE";

    /// <summary>Makes the body of a message.</summary>
    /// <param name="eventType">Such as <c>metering</c>.</param>
    /// <param name="publisherId">Who sends it.</param>
    /// <param name="payload">JSON, UTF-8.</param>
    /// <param name="id">Its id, and what tells a repetition.</param>
    /// <param name="at">When.</param>
    public static byte[] Encode(
        string eventType, string publisherId, ReadOnlySpan<byte> payload, Guid id, DateTimeOffset at)
    {
        using var inner = new MemoryStream(payload.Length + 512);
        using (var json = new Utf8JsonWriter(inner, SampleJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("message_id", id);
            json.WriteString("publisher_id", publisherId);
            json.WriteString("event_type", eventType);
            json.WriteString("priority", Priority);
            json.WritePropertyName("payload");
            json.WriteRawValue(payload, skipInputValidation: true);
            json.WriteString(
                "timestamp", at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
            json.WriteString("_unique_id", id.ToString("N"));
            json.WriteEndObject();
        }

        using var outer = new MemoryStream((int)(inner.Length * 5 / 4));
        using (var json = new Utf8JsonWriter(outer, SampleJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("oslo.version", "2.0");
            json.WriteString("oslo.message", inner.GetBuffer().AsSpan(0, (int)inner.Length));
            json.WriteEndObject();
        }

        return outer.ToArray();
    }
}
