using System.Text.Json;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Replay;

/// <summary>
/// Reads <c>{"type","id"}</c>, or of an alarm <c>{"category":"ALARM","type","name","resource":{"type","id"}}</c>.
/// </summary>
internal sealed class VertexNameReader(EntityGraph graph)
{
    /// <summary>Reads the object that follows.</summary>
    public VertexName Read(ref Utf8JsonReader reader, string what, Utf8Strings strings)
    {
        ReplayLineReader.Open(ref reader, what);
        string? category = null, type = null, id = null, name = null;
        var resource = default(VertexName);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                type = Text(ref reader, "'type'", strings);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = Text(ref reader, "'id'", strings);
            }
            else if (reader.ValueTextEquals("category"u8))
            {
                category = Text(ref reader, "'category'", strings);
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = Text(ref reader, "'name'", strings);
            }
            else if (reader.ValueTextEquals("resource"u8))
            {
                resource = Read(ref reader, $"'resource' of {what}", strings);
            }
            else
            {
                throw new ReplayFormatException(
                    $"unknown key '{reader.GetString()}' in {what}; allowed: category, type, id, name, resource");
            }
        }

        CheckCategory(category, what);
        var kind = graph.Kinds.Of(category ?? Kinds.Resource, Need(type, what, "type"));
        if (category != Kinds.Alarm || id is not null)
        {
            return new VertexName(kind, Need(id, what, "id"));
        }

        if (resource.Id is null)
        {
            throw new ReplayFormatException($"{what} needs 'resource'");
        }

        return new VertexName(kind, Need(name, what, "name"), resource.Kind, resource.Id);
    }

    /// <summary>Refuses a category that is neither of the two; null stands for the default.</summary>
    public static void CheckCategory(string? category, string what)
    {
        if (category is not (null or Kinds.Resource or Kinds.Alarm))
        {
            throw new ReplayFormatException(
                $"'category' of {what} must be one of {Kinds.Resource}, {Kinds.Alarm}, found '{category}'");
        }
    }

    /// <summary>The text, which must be there and not empty.</summary>
    public static string Need(string? text, string what, string key) =>
        text is { Length: > 0 } ? text : throw new ReplayFormatException($"{what} needs '{key}'");

    private static string Text(ref Utf8JsonReader reader, string what, Utf8Strings strings)
    {
        reader.Read();
        return ReplayLineReader.Text(reader, what, strings);
    }
}
