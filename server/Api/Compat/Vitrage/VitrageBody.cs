using System.Text.Json;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>What a client of Vitrage posts: members that may be absent, null, or of a wrong kind.</summary>
internal sealed class VitrageBody
{
    private readonly Dictionary<string, JsonElement> _members;

    private VitrageBody(Dictionary<string, JsonElement> members) => _members = members;

    /// <summary>Reads the body; an empty one has no members.</summary>
    /// <exception cref="FormatException">It is not a JSON object.</exception>
    public static async Task<VitrageBody> ReadAsync(HttpContext context)
    {
        await using var body = RequestBody.Open(context, ApiLimits.JsonBodyBytesMax);
        using var buffer = new MemoryStream();
        await body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length == 0)
        {
            return new VitrageBody([]);
        }

        try
        {
            using var json = JsonDocument.Parse(
                buffer.ToArray(), new JsonDocumentOptions { MaxDepth = ApiLimits.JsonDepthMax * 4 });
            Decode(json.RootElement);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new VitrageBody(json.RootElement.EnumerateObject()
                    .GroupBy(member => member.Name, StringComparer.Ordinal)
                    .ToDictionary(all => all.Key, all => all.Last().Value.Clone(), StringComparer.Ordinal))
                : throw new FormatException("the body must be a JSON object");
        }
        catch (JsonException fault)
        {
            throw new FormatException(JsonFaults.Describe(fault, "an object"));
        }
        catch (InvalidOperationException)
        {
            throw new FormatException("the body holds text that is not Unicode, such as half a surrogate pair");
        }
    }

    /// <summary>The member, or null where it is absent or null.</summary>
    public JsonElement? this[string name] =>
        _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text; null where it is absent.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public string? Text(string name) => this[name] switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new FormatException($"'{name}' must be a text"),
    };

    /// <summary>A whole number, also one written as text; null where it is absent.</summary>
    /// <exception cref="FormatException">It is something else, or not above zero.</exception>
    public int? Positive(string name) => this[name] switch
    {
        null => null,
        { } value when int.TryParse(value.ToString(), out var number) && number > 0 => number,
        _ => throw new FormatException($"'{name}' must be a whole number above 0"),
    };

    /// <summary>True or false, as such or as text; false where it is absent.</summary>
    public bool Flag(string name) => this[name] is { } value
        && string.Equals(value.ToString(), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A query, as JSON or as JSON in a text; null where it is absent or empty.</summary>
    /// <exception cref="FormatException">It is not a query.</exception>
    public VitrageQuery? Query(string name) => this[name] switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value =>
            value.GetString() is { Length: > 0 } text ? VitrageQuery.Parse(text) : null,
        { } value => VitrageQuery.Parse(value.GetRawText()),
    };

    // Half a surrogate pair and broken UTF-8 show only when a text is asked for: all are, at once.
    private static void Decode(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                value.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    _ = member.Name;
                    Decode(member.Value);
                }

                break;
        }
    }
}
