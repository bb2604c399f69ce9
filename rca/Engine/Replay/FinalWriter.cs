using System.Text.Json;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Replay;

/// <summary>Writes everything live, sorted: the last line of a replay with <c>--final</c>.</summary>
internal sealed class FinalWriter(Reasoner reasoner, Utf8JsonWriter json)
{
    private readonly EntityGraph _graph = reasoner.Graph;

    /// <summary>Writes the line; <paramref name="end"/> ends it.</summary>
    public void Write(Action end)
    {
        json.WriteStartObject();
        json.WriteStartObject("final"u8);
        WriteAlarms();
        WriteStates();
        WriteCauses();
        json.WriteNumber("vertices"u8, reasoner.Vertices);
        json.WriteNumber("edges"u8, reasoner.Intake.CountEdges());
        json.WriteEndObject();
        end();
    }

    private void WriteAlarms()
    {
        var deduced = reasoner.Facts.Alarms.Values.ToDictionary(fact => fact.Vertex);
        json.WriteStartArray("alarms"u8);
        foreach (var vertex in Sorted(isAlarm: true))
        {
            ref var cold = ref _graph.Vertices[vertex];
            var fact = deduced.GetValueOrDefault(vertex);
            json.WriteStartObject();
            json.WriteString("type"u8, _graph.Kinds[cold.Kind].Type);
            json.WriteString("name"u8, cold.Name ?? cold.Id);
            json.WriteString("severity"u8, cold.Said?.Upper);
            if (VertexJson.ResourceOf(_graph, vertex) is >= 0 and var resource)
            {
                VertexJson.WriteResource(json, _graph, "resource"u8, resource);
            }
            else
            {
                json.WriteNull("resource"u8);
            }

            json.WriteBoolean("deduced"u8, fact is not null);
            if (fact is null)
            {
                json.WriteStartArray("because"u8);
                json.WriteEndArray();
            }
            else
            {
                ChangeWriter.WriteBecause(json, fact);
            }

            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
    }

    private void WriteStates()
    {
        json.WriteStartArray("states"u8);
        foreach (var vertex in Sorted(isAlarm: false))
        {
            ref var cold = ref _graph.Vertices[vertex];
            json.WriteStartObject();
            VertexJson.WriteResource(json, _graph, "resource"u8, vertex);
            json.WriteString("state"u8, cold.Aggregated?.Upper);
            json.WriteString("operational"u8, cold.Aggregated?.Operational ?? "N/A");
            json.WriteBoolean("marked_down"u8, (cold.Flags & VertexFlags.MarkedDown) != 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
    }

    private void WriteCauses()
    {
        json.WriteStartArray("causes"u8);
        foreach (var cause in reasoner.Facts.Causes.Values.Where(fact => fact.Holds)
            .OrderBy(fact => Key(fact.Cause), StringComparer.Ordinal)
            .ThenBy(fact => Key(fact.Effect), StringComparer.Ordinal))
        {
            json.WriteStartObject();
            VertexJson.WriteAlarm(json, _graph, "cause"u8, cause.Cause);
            VertexJson.WriteAlarm(json, _graph, "effect"u8, cause.Effect);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
    }

    private IEnumerable<int> Sorted(bool isAlarm) => Enumerable.Range(0, _graph.Vertices.Top)
        .Where(vertex => _graph.Vertices[vertex].IsLive
            && _graph.Kinds[_graph.Vertices[vertex].Kind].IsAlarm == isAlarm)
        .Select(vertex => KeyValuePair.Create(Key(vertex), vertex))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => pair.Value);

    private string Key(int vertex)
    {
        ref var cold = ref _graph.Vertices[vertex];
        var type = _graph.Kinds[cold.Kind].Type;
        return VertexJson.ResourceOf(_graph, vertex) is >= 0 and var resource && _graph.Kinds[cold.Kind].IsAlarm
            ? $"{type}\n{cold.Name}\n{Key(resource)}"
            : $"{type}\n{cold.Id}";
    }
}
