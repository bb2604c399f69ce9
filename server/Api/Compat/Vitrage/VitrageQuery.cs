using System.Globalization;
using System.Text.Json;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>A filter of vertices: a test of one property, or tests joined by and, or, not.</summary>
/// <remarks>
/// <code>
/// query = {op: {property: value}} | {"and": [query...]} | {"or": [query...]} | {"not": query}
/// op    = "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
/// </code>
/// A property that is absent equals null and is neither less nor greater than anything. Source: Vitrage 9, query on the
/// entity graph.
/// </remarks>
internal sealed class VitrageQuery
{
    /// <summary>The longest text of a query.</summary>
    public const int CharsMax = 64 * 1024;

    /// <summary>The deepest nesting.</summary>
    public const int DepthMax = 32;

    private static readonly string[] Operators = ["==", "!=", "<", "<=", ">", ">="];

    private readonly Func<VitrageVertex, bool> _matches;

    private VitrageQuery(Func<VitrageVertex, bool> matches) => _matches = matches;

    /// <summary>Whether the vertex fulfils it.</summary>
    public bool Matches(VitrageVertex vertex) => _matches(vertex);

    /// <summary>Reads a query.</summary>
    /// <param name="text">JSON.</param>
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static VitrageQuery Parse(string text)
    {
        if (text.Length > CharsMax)
        {
            throw new FormatException($"the query is longer than {CharsMax} characters");
        }

        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax * 2 });
            return new VitrageQuery(Read(json.RootElement, 0));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair shows only when the text is asked for.
            throw new FormatException($"the query is not JSON: {fault.Message}");
        }
    }

    private static Func<VitrageVertex, bool> Read(JsonElement node, int depth)
    {
        if (depth > DepthMax)
        {
            throw new FormatException($"the query is nested deeper than {DepthMax}");
        }

        if (node.ValueKind != JsonValueKind.Object || node.EnumerateObject().Count() != 1)
        {
            throw new FormatException(
                $"a query is an object with one operator, such as {{\"==\": {{\"vitrage_type\": \"nova.host\"}}}}; "
                + $"found {Shown(node)}");
        }

        var member = node.EnumerateObject().First();
        return member.Name switch
        {
            "and" => All(member, depth, every: true),
            "or" => All(member, depth, every: false),
            "not" => Not(Read(member.Value, depth + 1)),
            _ when Operators.Contains(member.Name) => Test(member),
            _ => throw new FormatException(
                $"unknown operator '{member.Name}'; known: and, or, not, {string.Join(", ", Operators)}"),
        };
    }

    private static Func<VitrageVertex, bool> All(JsonProperty member, int depth, bool every)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"'{member.Name}' takes a list of queries; found {Shown(member.Value)}");
        }

        var parts = member.Value.EnumerateArray().Select(part => Read(part, depth + 1)).ToArray();
        return every ? vertex => parts.All(part => part(vertex)) : vertex => parts.Any(part => part(vertex));
    }

    private static Func<VitrageVertex, bool> Not(Func<VitrageVertex, bool> part) => vertex => !part(vertex);

    private static Func<VitrageVertex, bool> Test(JsonProperty member)
    {
        if (member.Value.ValueKind != JsonValueKind.Object || member.Value.EnumerateObject().Count() != 1)
        {
            throw new FormatException($"'{member.Name}' takes one property and its value; found {Shown(member.Value)}");
        }

        var test = member.Value.EnumerateObject().First();
        var (name, wanted) = (test.Name, Plain(test));
        return member.Name switch
        {
            "==" => vertex => Same(vertex[name], wanted),
            "!=" => vertex => !Same(vertex[name], wanted),
            "<" => vertex => Compare(vertex[name], wanted) < 0,
            "<=" => vertex => Compare(vertex[name], wanted) <= 0,
            ">" => vertex => Compare(vertex[name], wanted) > 0,
            _ => vertex => Compare(vertex[name], wanted) >= 0,
        };
    }

    private static object? Plain(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => property.Value.GetDouble(),
        JsonValueKind.String => property.Value.GetString(),
        _ => throw new FormatException(
            $"'{property.Name}' is compared with a text, number, true, false or null; found {Shown(property.Value)}"),
    };

    private static bool Same(object? is1, object? wanted) => (is1, wanted) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string text, string other) => text == other,
        (bool truth, bool other) => truth == other,
        _ => Compare(is1, wanted) == 0,
    };

    /// <summary>The order of two numbers or two texts; null where they have none.</summary>
    private static int? Compare(object? is1, object? wanted) => (is1, wanted) switch
    {
        (string text, string other) => string.CompareOrdinal(text, other),
        (long or double or int, double other) =>
            Convert.ToDouble(is1, CultureInfo.InvariantCulture).CompareTo(other),
        _ => null,
    };

    private static string Shown(JsonElement node)
    {
        var text = node.GetRawText();
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
