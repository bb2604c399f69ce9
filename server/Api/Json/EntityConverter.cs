using System.Text.Json;
using System.Text.Json.Serialization;
using Ops.Model;

namespace Ops.Server.Api.Json;

/// <summary>An entity with its properties beside the named members; a property never hides a named member.</summary>
internal sealed class EntityConverter : JsonConverter<EntityView>
{
    private static readonly string[] Named = ["category", "type", "id", "name", "state", "operational_state"];

    public override EntityView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new EntityView
        {
            Category = Text(root, "category") ?? "RESOURCE",
            Type = Text(root, "type") ?? throw new JsonException("an entity needs a type"),
            Id = Text(root, "id") ?? throw new JsonException("an entity needs an id"),
            Name = Text(root, "name") ?? "",
            State = Text(root, "state"),
            OperationalState = Text(root, "operational_state"),
            Properties = root.EnumerateObject()
                .Where(member => !Named.Contains(member.Name))
                .ToDictionary(member => member.Name, member => Plain(member.Value)),
        };
    }

    public override void Write(Utf8JsonWriter writer, EntityView value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("category", value.Category);
        writer.WriteString("type", value.Type);
        writer.WriteString("id", value.Id);
        writer.WriteString("name", value.Name);
        writer.WriteString("state", value.State);
        writer.WriteString("operational_state", value.OperationalState);
        foreach (var (name, property) in value.Properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!Named.Contains(name))
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, property, property?.GetType() ?? typeof(object), options);
            }
        }

        writer.WriteEndObject();
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        _ => value.Clone(),
    };
}
