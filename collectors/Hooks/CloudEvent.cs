using System.Globalization;
using System.Text;
using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Reads CloudEvents 1.0 as events.</summary>
/// <remarks>
/// The event's type is theirs, its id <c>SOURCE#ID</c>; source, subject and extensions are traits, and of data in JSON
/// the scalar members, in front of which stands <c>data.</c>. Source: the CloudEvents specification 1.0.2, its HTTP
/// binding and JSON format.
/// </remarks>
internal static class CloudEvent
{
    /// <summary>The most traits of an event.</summary>
    public const int TraitsMax = 64;

    private const int TextCharsMax = 255;

    private static readonly string[] Own = ["specversion", "id", "source", "type", "time", "data", "data_base64"];

    /// <summary>The event of a structured one; null with the reason where it is none.</summary>
    public static Event? Structured(JsonElement json, long nowNs, out string? fault)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            fault = "a CloudEvent must be an object";
            return null;
        }

        var attributes = JsonMembers.Labels(json);
        attributes.Remove("data");
        attributes.Remove("data_base64");
        var data = json.TryGetProperty("data", out var given) ? given : default;
        return Of(attributes, data, json.GetRawText(), nowNs, out fault);
    }

    /// <summary>The event of a binary one, whose attributes are headers.</summary>
    /// <param name="attributes">The headers without <c>ce-</c>, in lower case.</param>
    /// <param name="body">The data.</param>
    /// <param name="isJson">Whether the data is JSON.</param>
    /// <param name="nowNs">The time of an event without one.</param>
    /// <param name="fault">Why it is refused.</param>
    public static Event? Binary(
        Dictionary<string, string> attributes, ReadOnlyMemory<byte> body, bool isJson, long nowNs, out string? fault)
    {
        if (!isJson || body.IsEmpty)
        {
            return Of(attributes, default, isJson ? null : Encoding.UTF8.GetString(body.Span), nowNs, out fault);
        }

        try
        {
            using var json = JsonDocument.Parse(body);
            return Of(attributes, json.RootElement, json.RootElement.GetRawText(), nowNs, out fault);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Text in JSON may hold half a surrogate pair or broken UTF-8, which shows only when it is asked for.
            fault = $"the data is not JSON: {broken.Message}";
            return null;
        }
    }

    private static Event? Of(
        Dictionary<string, string> attributes, JsonElement data, string? raw, long nowNs, out string? fault)
    {
        foreach (var required in (string[])["specversion", "id", "source", "type"])
        {
            if (!attributes.ContainsKey(required))
            {
                fault = $"a CloudEvent needs '{required}'";
                return null;
            }
        }

        if (!attributes["specversion"].StartsWith("1.", StringComparison.Ordinal))
        {
            fault = $"specversion '{attributes["specversion"]}' is not 1.0";
            return null;
        }

        var atNs = nowNs;
        if (attributes.GetValueOrDefault("time") is { } time
            && (!Timestamps.TryParseIso(time, out var at) || !at.TryToUnixNs(out atNs)))
        {
            fault = $"time '{time}' is no time";
            return null;
        }

        fault = null;
        return new Event(
            Cut($"{attributes["source"]}#{attributes["id"]}"), Cut(attributes["type"]), atNs, Traits(attributes, data),
            raw);
    }

    private static List<EventTrait> Traits(Dictionary<string, string> attributes, JsonElement data)
    {
        var traits = new List<EventTrait> { new("source", TraitType.Text, Cut(attributes["source"])) };
        foreach (var (name, value) in attributes)
        {
            if (traits.Count < TraitsMax && !Own.Contains(name))
            {
                traits.Add(new EventTrait(Cut(name), TraitType.Text, Cut(value)));
            }
        }

        if (data.ValueKind != JsonValueKind.Object)
        {
            return traits;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in data.EnumerateObject())
        {
            if (traits.Count < TraitsMax && JsonMembers.Scalar(member.Value) is { Length: > 0 } value
                && names.Add(member.Name))
            {
                traits.Add(Trait("data." + member.Name, member.Value, value));
            }
        }

        return traits;
    }

    private static EventTrait Trait(string name, JsonElement value, string text)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            return new EventTrait(Cut(name), TraitType.Text, Cut(text));
        }

        return value.TryGetInt64(out var whole)
            ? new EventTrait(Cut(name), TraitType.Integer, whole.ToString(CultureInfo.InvariantCulture))
            : new EventTrait(Cut(name), TraitType.Float, Cut(text));
    }

    private static string Cut(string text) => text.Length <= TextCharsMax ? text : text[..TextCharsMax];
}
