using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Ops.Collectors.Datasources;

/// <summary>Reads an answer (JSON, XML or text) into plain values.</summary>
/// <remarks>XML becomes what xmltodict makes of it: attributes with <c>@</c>, text beside them as <c>#text</c>.
/// </remarks>
internal static class AnswerValue
{
    private const int DepthMax = 64;

    /// <summary>Reads it by the first of the handlers that can; null with the reason where none can.</summary>
    public static object? Read(string text, IReadOnlyList<string> handlers, out string? problem)
    {
        problem = null;
        foreach (var handler in handlers)
        {
            try
            {
                return handler switch
                {
                    "json" => Json(text),
                    "xml" => Xml(text),
                    _ => new List<object?> { new Dictionary<string, object?> { ["out"] = text } },
                };
            }
            catch (Exception fault) when (fault is JsonException or XmlException)
            {
                problem = $"the answer is not {handler}: {fault.Message}";
            }
        }

        return null;
    }

    /// <summary>A JSON element as plain values.</summary>
    public static object? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => Map(json),
        JsonValueKind.Array => json.EnumerateArray().Select(From).ToList(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        _ => null,
    };

    private static object? Json(string text)
    {
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax });
        return From(json.RootElement);
    }

    private static Dictionary<string, object?> Map(JsonElement json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            map[member.Name] = From(member.Value);
        }

        return map;
    }

    private static Dictionary<string, object?> Xml(string text)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        var depth = 0;
        using var check = XmlReader.Create(new StringReader(text), settings);
        while (check.Read())
        {
            depth = Math.Max(depth, check.Depth);
            if (depth > DepthMax)
            {
                throw new XmlException($"nested deeper than {DepthMax} levels");
            }
        }

        var root = XDocument.Load(reader).Root!;
        return new Dictionary<string, object?> { [root.Name.LocalName] = Element(root) };
    }

    private static object? Element(XElement element)
    {
        if (!element.HasAttributes && !element.HasElements)
        {
            return element.Value.Length == 0 ? null : element.Value;
        }

        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var attribute in element.Attributes())
        {
            map["@" + attribute.Name.LocalName] = attribute.Value;
        }

        foreach (var group in element.Elements().GroupBy(child => child.Name.LocalName))
        {
            var children = group.Select(Element).ToList();
            map[group.Key] = children.Count == 1 ? children[0] : children;
        }

        if (!element.HasElements && element.Value.Trim() is { Length: > 0 } text)
        {
            map["#text"] = text;
        }

        return map;
    }
}
