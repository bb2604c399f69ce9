using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>Makes events of notifications by definitions.</summary>
internal static class EventBuilder
{
    /// <summary>The event of a notification; null where no definition matches and unmatched ones are dropped.</summary>
    public static Event? Build(
        Notification notification, EventDefinitions definitions, NotificationConversion conversion,
        NotificationTally tally)
    {
        if (definitions.For(notification.EventType, conversion.DropUnmatched) is not { } definition)
        {
            tally.Drop("without a definition");
            return null;
        }

        var traits = new List<EventTrait>(definition.Traits.Count);
        foreach (var trait in definition.Traits)
        {
            if (trait.Read(notification.Body, tally) is { } read)
            {
                traits.Add(read);
            }
        }

        var raw = conversion.StoreRaw.Contains(notification.Priority, StringComparer.OrdinalIgnoreCase)
            ? notification.Body.GetRawText()
            : null;
        return new Event(
            notification.MessageId, notification.EventType, notification.At.ToUnixNs(), traits, raw);
    }

    /// <summary>An event as Ceilometer's notification agent publishes it; null where it is not one.</summary>
    public static Event? Read(JsonElement message)
    {
        if (Text(message, "message_id") is not { } id || Text(message, "event_type") is not { } type
            || !IsoTime.TryParse(Text(message, "generated"), out var generated)
            || !message.TryGetProperty("traits", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var traits = new List<EventTrait>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != 3
                || item[0].ValueKind != JsonValueKind.String
                || item[1].ValueKind != JsonValueKind.Number || !item[1].TryGetInt32(out var number)
                || !Enum.IsDefined((TraitType)number) || PythonText.Of(item[2]) is not { } value)
            {
                return null;
            }

            traits.Add(new EventTrait(item[0].GetString()!, (TraitType)number, Normal((TraitType)number, value)));
        }

        return new Event(id, type, generated.ToUnixNs(), traits);
    }

    private static string Normal(TraitType type, string value) =>
        type == TraitType.DateTime && IsoTime.TryParse(value, out var at) ? at.ToIso() : value;

    private static string? Text(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
