using System.Globalization;
using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Wire;

/// <summary>Writes events as JSON objects in the form of Ceilometer's Event: traits as lists of name, type number and
/// value, <c>raw</c> the notification, or an empty object.</summary>
internal static class EventJson
{
    public static void Write(Utf8JsonWriter json, Event one)
    {
        json.WriteStartObject();
        json.WriteString("message_id", one.MessageId);
        json.WriteString("event_type", one.Type);
        json.WriteString("generated", Timestamps.FromUnixNs(one.GeneratedNs).ToIso());
        json.WriteStartArray("traits");
        foreach (var trait in one.Traits)
        {
            json.WriteStartArray();
            json.WriteStringValue(trait.Name);
            json.WriteNumberValue((int)trait.Type);
            WriteValue(json, trait);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WritePropertyName("raw");
        json.WriteRawValue(string.IsNullOrWhiteSpace(one.Raw) ? "{}" : one.Raw);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, EventTrait trait)
    {
        switch (trait.Type)
        {
            case TraitType.Integer when long.TryParse(
                trait.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole):
                json.WriteNumberValue(whole);
                break;
            case TraitType.Float when double.TryParse(
                trait.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(trait.Value);
                break;
        }
    }
}
