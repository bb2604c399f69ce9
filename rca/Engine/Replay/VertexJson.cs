using System.Text.Json;
using Ops.Rca.Graph;

namespace Ops.Rca.Replay;

/// <summary>Writes vertices as answers name them.</summary>
internal static class VertexJson
{
    /// <summary><c>{"type","id"}</c>.</summary>
    public static void WriteResource(Utf8JsonWriter json, EntityGraph graph, ReadOnlySpan<byte> key, int vertex)
    {
        ref var cold = ref graph.Vertices[vertex];
        json.WriteStartObject(key);
        json.WriteString("type"u8, graph.Kinds[cold.Kind].Type);
        json.WriteString("id"u8, cold.Id);
        json.WriteEndObject();
    }

    /// <summary><c>{"type","name","resource":{"type","id"}}</c>.</summary>
    public static void WriteAlarm(Utf8JsonWriter json, EntityGraph graph, ReadOnlySpan<byte> key, int vertex)
    {
        ref var cold = ref graph.Vertices[vertex];
        json.WriteStartObject(key);
        json.WriteString("type"u8, graph.Kinds[cold.Kind].Type);
        json.WriteString("name"u8, cold.Name ?? cold.Id);
        if (ResourceOf(graph, vertex) is >= 0 and var resource)
        {
            WriteResource(json, graph, "resource"u8, resource);
        }
        else
        {
            json.WriteNull("resource"u8);
        }

        json.WriteEndObject();
    }

    /// <summary>What an alarm lies on: by its identity, else by its edge; -1 where it lies on nothing.</summary>
    public static int ResourceOf(EntityGraph graph, int vertex)
    {
        if (graph.Vertices[vertex].Resource >= 0)
        {
            return graph.Vertices[vertex].Resource;
        }

        var on = Adjacency.LabelKey(graph.On, outward: true);
        for (var group = graph.Vertices.FirstGroups[vertex]; group >= 0; group = graph.Groups[group].Next)
        {
            if (graph.Groups[group].Key >> 32 == on && graph.Groups[group].Count > 0)
            {
                return graph.Groups.Of(group)[0].Vertex;
            }
        }

        return -1;
    }
}
