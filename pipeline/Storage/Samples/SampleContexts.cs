using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>Compares contexts by content, and writes metadata and tags as JSON and back.</summary>
internal static class SampleContexts
{
    /// <summary>Whether both say the same of a series.</summary>
    public static bool Same(SampleContext a, SampleContext b) =>
        ReferenceEquals(a, b)
        || (a.Kind == b.Kind && a.Unit == b.Unit && a.ProjectId == b.ProjectId && a.UserId == b.UserId
            && a.Source == b.Source && a.ResourceType == b.ResourceType && a.ResourceName == b.ResourceName
            && SameValue(a.Metadata, b.Metadata));

    /// <summary>Metadata as a JSON object.</summary>
    public static string ToJson(IReadOnlyDictionary<string, object?> metadata) =>
        metadata.Count == 0 ? "{}" : Node(metadata)!.ToJsonString();

    /// <summary>Tags as a JSON object.</summary>
    public static string ToJson(Tags tags)
    {
        var node = new JsonObject();
        foreach (var (name, value) in tags)
        {
            node[name] = value;
        }

        return node.ToJsonString();
    }

    /// <summary>Metadata of a JSON object.</summary>
    public static IReadOnlyDictionary<string, object?> MetadataOf(string json)
    {
        if (json is "" or "{}")
        {
            return SampleContext.NoMetadata;
        }

        using var document = JsonDocument.Parse(json);
        return (IReadOnlyDictionary<string, object?>)Value(document.RootElement)!;
    }

    /// <summary>Tags of a JSON object.</summary>
    public static Tags TagsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Tags.From(document.RootElement.EnumerateObject()
            .Select(member => KeyValuePair.Create(member.Name, member.Value.GetString() ?? "")));
    }

    private static bool SameValue(object? a, object? b) => (a, b) switch
    {
        (IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right) =>
            ReferenceEquals(left, right) || (left.Count == right.Count && left.All(
                pair => right.TryGetValue(pair.Key, out var other) && SameValue(pair.Value, other))),
        (string left, string right) => left == right,
        (IEnumerable left and not string, IEnumerable right and not string) =>
            left.Cast<object?>().SequenceEqual(right.Cast<object?>(), ByValue.Instance),
        _ => Equals(a, b),
    };

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        IReadOnlyDictionary<string, object?> members => new JsonObject(
            members.Select(pair => KeyValuePair.Create(pair.Key, Node(pair.Value)))),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(Node)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(m => m.Name, m => Value(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        _ => null,
    };

    private sealed class ByValue : IEqualityComparer<object?>
    {
        public static readonly ByValue Instance = new();

        public new bool Equals(object? x, object? y) => SameValue(x, y);

        public int GetHashCode(object? obj) => 0;
    }
}
