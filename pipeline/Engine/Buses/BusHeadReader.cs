using System.Text.Json;
using Ops.Model;

namespace Ops.Pipeline.Buses;

/// <summary>Reads what a line says of its series, before the points.</summary>
internal static class BusHeadReader
{
    private const int DepthMax = 40;

    /// <summary>Reads a head that was closed with <c>]}</c>.</summary>
    /// <returns>The series and its context, or why it cannot be read.</returns>
    public static (Series? Series, SampleContext? Context, string? Fault) Read(
        ReadOnlyMemory<byte> json, SeriesCatalog catalog)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DepthMax });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, null, "it is not an object");
            }

            if (!root.TryGetProperty("v", out var version) || version.ToString() != "1")
            {
                return (null, null, $"its version is '{version}', known is {BusLine.Version}");
            }

            var meter = Text(root, "meter");
            var resource = Text(root, "resource_id");
            if (string.IsNullOrEmpty(meter) || resource is null)
            {
                return (null, null, "it needs 'meter' and 'resource_id'");
            }

            if (!MeterKinds.TryParse(Text(root, "type"), out var kind))
            {
                return (null, null, $"its type is '{Text(root, "type")}', allowed: gauge, delta, cumulative");
            }

            var series = catalog.Intern(
                meter, resource, Dimensions(root), Text(root, "measurement") ?? meter, Text(root, "field") ?? "value",
                Text(root, "database"));
            return (series, Context(root, kind), null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return (null, null, $"it is not JSON: {fault.Message}");
        }
    }

    private static SampleContext Context(JsonElement root, MeterKind kind) => new()
    {
        Kind = kind,
        Unit = Text(root, "unit") ?? "",
        ProjectId = Text(root, "project_id"),
        UserId = Text(root, "user_id"),
        Source = Text(root, "source") ?? "openstack",
        ResourceType = Text(root, "resource_type"),
        ResourceName = Text(root, "resource_name"),
        Metadata = root.TryGetProperty("resource_metadata", out var map) && map.ValueKind == JsonValueKind.Object
            ? Map(map)
            : SampleContext.NoMetadata,
    };

    private static Tags Dimensions(JsonElement root) =>
        root.TryGetProperty("dimensions", out var map) && map.ValueKind == JsonValueKind.Object
            ? Tags.From(map.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.ToString())))
            : Tags.Empty;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, object?> Map(JsonElement map)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in map.EnumerateObject())
        {
            entries[pair.Name] = Value(pair.Value);
        }

        return entries;
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.Object => Map(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToList(),
        _ => null,
    };
}
