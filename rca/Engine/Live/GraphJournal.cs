using System.Buffers;
using System.Text.Json;
using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>
/// Writes what was observed, and since when alarms are there, to the state store. The caller holds the lock.
/// </summary>
/// <remarks>
/// Areas: <c>graph.entities</c> (an entity with the relations that start at it), <c>graph.alarms</c> (the newest
/// transition of a measured alarm) and <c>graph.deduced</c> (since when a deduced alarm is there).
/// </remarks>
internal sealed class GraphJournal(Reasoner reasoner, IStateStore? store)
{
    public const string EntityArea = "graph.entities";
    public const string AlarmArea = "graph.alarms";
    public const string DeducedArea = "graph.deduced";

    private readonly EntityGraph _graph = reasoner.Graph;
    private readonly HashSet<int> _dirty = [];
    private readonly List<StateChange> _urgent = [];

    /// <summary>Notes that an entity, or a relation that starts at it, changed.</summary>
    public void Touch(int vertex)
    {
        if (store is not null && vertex >= 0)
        {
            _dirty.Add(vertex);
        }
    }

    /// <summary>Notes the entity and all that are next to it.</summary>
    public void TouchAround(int vertex)
    {
        if (store is null || vertex < 0)
        {
            return;
        }

        _dirty.Add(vertex);
        var edges = new List<int>();
        _graph.CopyEdges(vertex, edges);
        _dirty.UnionWith(edges.Select(edge => _graph.Edges[edge].Source));
    }

    /// <summary>Notes a transition of a measured alarm.</summary>
    public void Alarm(AlarmTransition transition, VertexName name)
    {
        if (store is not null)
        {
            _urgent.Add(new StateChange(AlarmArea, transition.AlarmId, AlarmJson.Write(transition, _graph, name)));
        }
    }

    /// <summary>Notes that a deduced alarm came or went.</summary>
    public void Deduced(AlarmFact alarm)
    {
        if (store is null)
        {
            return;
        }

        var since = _graph.Vertices[alarm.Vertex].SinceTicks;
        _urgent.Add(new StateChange(
            DeducedArea, DeducedKey(alarm), alarm.Severity < 0 ? null : JsonSerializer.SerializeToUtf8Bytes(since)));
    }

    /// <summary>The key of a deduced alarm.</summary>
    public string DeducedKey(AlarmFact alarm)
    {
        ref var target = ref _graph.Vertices[alarm.Target];
        return Key(reasoner.Facts.Words[alarm.Name], _graph.Kinds[target.Kind].Type, target.Id);
    }

    /// <summary>Writes alarms, and entities where <paramref name="all"/>; returns when they are on disk.</summary>
    public void Flush(bool all)
    {
        if (store is null)
        {
            return;
        }

        var changes = _urgent.ToList();
        if (all || changes.Count > 0)
        {
            foreach (var vertex in _dirty.Where(IsEntity))
            {
                ref var cold = ref _graph.Vertices[vertex];
                var kind = _graph.Kinds[cold.Kind];
                changes.Add(new StateChange(EntityArea, Key(kind.Category, kind.Type, cold.Id), Write(vertex)));
            }

            _dirty.Clear();
        }

        if (changes.Count > 0)
        {
            store.Write(changes);
            _urgent.Clear();
        }
    }

    private bool IsEntity(int vertex) =>
        (_graph.Vertices[vertex].Flags & (VertexFlags.Free | VertexFlags.Deduced)) == 0
        && _graph.Vertices[vertex].Resource < 0;

    private byte[] Write(int vertex)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        ref var cold = ref _graph.Vertices[vertex];
        json.WriteStartObject();
        json.WriteString("category", _graph.Kinds[cold.Kind].Category);
        json.WriteString("type", _graph.Kinds[cold.Kind].Type);
        json.WriteString("id", cold.Id);
        json.WriteString("name", cold.Name);
        json.WriteString("state", cold.Said?.Text);
        json.WriteNumber("at", cold.AtTicks);
        json.WriteBoolean("real", (cold.Flags & VertexFlags.Real) != 0);
        json.WriteBoolean("deleted", (cold.Flags & VertexFlags.Deleted) != 0);
        json.WriteStartObject("properties");
        foreach (var (property, value) in cold.Others ?? [])
        {
            json.WritePropertyName(_graph.Properties[property]);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("relations");
        WriteRelations(json, vertex);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteRelations(Utf8JsonWriter json, int vertex)
    {
        var edges = new List<int>();
        _graph.CopyEdges(vertex, edges);
        foreach (var edge in edges)
        {
            ref var it = ref _graph.Edges[edge];
            if (it.Source != vertex || (it.Origins & EdgeOrigins.Observed) == 0 || !IsEntity(it.Target))
            {
                continue;
            }

            ref var target = ref _graph.Vertices[it.Target];
            json.WriteStartObject();
            json.WriteString("label", _graph.Labels[it.Label]);
            json.WriteString("category", _graph.Kinds[target.Kind].Category);
            json.WriteString("type", _graph.Kinds[target.Kind].Type);
            json.WriteString("id", target.Id);
            json.WriteEndObject();
        }
    }

    private static string Key(string first, string second, string third) =>
        $"{first.Length}:{first}{second.Length}:{second}{third}";
}
