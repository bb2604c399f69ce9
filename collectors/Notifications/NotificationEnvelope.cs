using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ops.Collectors.Notifications;

/// <summary>Opens messages of oslo.messaging: with the envelope of version 2.0 and without one.</summary>
/// <remarks>
/// The context is found where oslo put it (<c>_context_*</c>) and stands in the opened body both so and as
/// <c>ctxt</c>. A message without id gets one worked out from its bytes, the same each time it comes; since equal ones
/// may be meant to be several, it does not count as a copy.
/// </remarks>
internal static class NotificationEnvelope
{
    /// <summary>The largest message that is opened.</summary>
    public const int BytesMax = 16 * 1024 * 1024;

    private const string ContextPrefix = "_context_";

    /// <summary>The longest event type, priority, publisher or id.</summary>
    private const int NameCharsMax = 1024;

    /// <summary>Opens a message.</summary>
    /// <param name="body">Its bytes, JSON in UTF-8.</param>
    /// <param name="priority">The priority to take where the message names none, such as the queue's.</param>
    /// <param name="now">The time to take where the message names none that can be read.</param>
    public static NotificationOpening Open(ReadOnlyMemory<byte> body, string priority, DateTimeOffset now)
    {
        if (body.Length > BytesMax)
        {
            return NotificationOpening.Failed($"has {body.Length} bytes, {BytesMax} are allowed");
        }

        try
        {
            using var outer = JsonDocument.Parse(body);
            if (!IsEnveloped(outer.RootElement, out var inner))
            {
                return Read(outer.RootElement, body.Span, priority, now);
            }

            using var message = JsonDocument.Parse(inner);
            return Read(message.RootElement, body.Span, priority, now);
        }
        catch (JsonException e)
        {
            return NotificationOpening.Failed($"is not JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            return NotificationOpening.Failed("holds text that is not Unicode");
        }
    }

    private static bool IsEnveloped(JsonElement outer, out string inner)
    {
        inner = "";
        if (outer.ValueKind != JsonValueKind.Object || !outer.TryGetProperty("oslo.version", out _)
            || !outer.TryGetProperty("oslo.message", out var message) || message.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        inner = message.GetString()!;
        return true;
    }

    private static NotificationOpening Read(
        JsonElement message, ReadOnlySpan<byte> bytes, string priority, DateTimeOffset now)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            return NotificationOpening.Failed("is not a JSON object");
        }

        if (TextOf(message, "event_type") is not { Length: > 0 } type)
        {
            return NotificationOpening.Failed("has no event_type");
        }

        priority = (TextOf(message, "priority") ?? priority).ToLowerInvariant();
        var publisher = TextOf(message, "publisher_id") ?? "";
        var id = TextOf(message, "message_id") is { Length: > 0 } given
            ? given
            : Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];
        if (new[] { type, priority, publisher, id }.Any(name => name.Length > NameCharsMax))
        {
            return NotificationOpening.Failed($"has an event_type, priority, publisher_id or message_id of more than "
                + $"{NameCharsMax} characters");
        }

        var isTimed = IsoTime.TryParse(TextOf(message, "timestamp"), out var at);
        at = isTimed ? at : now;
        var opened = Body(message, id, priority, at, isTimed);
        var notification = new Notification(type, priority, publisher, id, at, opened);
        var uniqueId = TextOf(message, "_unique_id") ?? TextOf(message, "message_id") ?? "";
        return new NotificationOpening(notification, uniqueId, "");
    }

    private static JsonElement Body(
        JsonElement message, string id, string priority, DateTimeOffset at, bool isTimed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in message.EnumerateObject())
            {
                if (member.Name is not ("ctxt" or "metadata" or "priority" or "message_id" or "timestamp"))
                {
                    member.WriteTo(json);
                }
            }

            var timestamp = isTimed ? TextOf(message, "timestamp")! : Ops.Model.Timestamps.ToIso(at);
            json.WriteString("message_id", id);
            json.WriteString("timestamp", timestamp);
            json.WriteString("priority", priority);
            json.WriteStartObject("metadata");
            json.WriteString("message_id", id);
            json.WriteString("timestamp", timestamp);
            json.WriteEndObject();
            WriteContext(json, message);
            json.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteContext(Utf8JsonWriter json, JsonElement message)
    {
        json.WritePropertyName("ctxt");
        if (message.TryGetProperty("ctxt", out var context) && context.ValueKind == JsonValueKind.Object)
        {
            context.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var member in message.EnumerateObject())
        {
            if (member.Name.StartsWith(ContextPrefix, StringComparison.Ordinal))
            {
                json.WritePropertyName(member.Name.AsSpan(ContextPrefix.Length));
                member.Value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private static string? TextOf(JsonElement message, string name) =>
        message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
