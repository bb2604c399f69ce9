using Ops.Rca.Graph;
using Ops.Rca.StateValues;

namespace Ops.Rca.Evaluation;

/// <summary>Takes what datasources see into the graph.</summary>
/// <remarks>Source of the rules: Vitrage's processor; see docs/compatibility.md for where Ops differs.</remarks>
internal sealed class Intake(
    EntityGraph graph, GraphChanges changes, FactStore facts, Journal journal, Readings readings)
{
    private readonly List<int> _edges = [];
    private readonly HashSet<int> _named = [];
    private readonly HashSet<int> _namedKinds = [];

    /// <summary>Live vertices.</summary>
    public int Vertices { get; private set; }

    /// <summary>
    /// Adds an entity, or merges what is said of it. One older than the newest of it is ignored, and so is one that
    /// names a deduced alarm: that follows from its support alone.
    /// </summary>
    /// <returns>The vertex, or -1 where the report was ignored.</returns>
    public int Upsert(EntityReport report)
    {
        var vertex = Find(report.Entity);
        if (vertex >= 0 && (IsDeduced(vertex) || report.AtTicks < graph.Vertices[vertex].AtTicks))
        {
            return -1;
        }

        vertex = vertex < 0 ? Add(report.Entity) : vertex;
        var isResource = !graph.Kinds[graph.Vertices[vertex].Kind].IsAlarm;
        var wasLive = graph.Vertices[vertex].IsLive;
        if (wasLive && isResource)
        {
            journal.NoteState(vertex);
        }

        ref var cold = ref changes.Begin(vertex);
        Merge(ref cold, report, wasLive);
        if (!wasLive && isResource)
        {
            journal.NoteState(vertex);
        }

        changes.End();
        Vertices += wasLive ? 0 : 1;
        if (report.Relations.Count > 0 || report.Complete.Count > 0)
        {
            ReplaceNeighbours(vertex, report);
        }

        return vertex;
    }

    /// <summary>Adds an observed alarm with its edge to what it lies on, or merges what is said of it.</summary>
    /// <returns>The vertex, or -1 where the report was ignored.</returns>
    public int UpsertAlarm(EntityReport report)
    {
        var vertex = Upsert(report);
        if (vertex >= 0)
        {
            var resource = graph.Vertices[vertex].Resource;
            if ((graph.Vertices[resource].Flags & VertexFlags.Deleted) == 0)
            {
                changes.AddEdge(vertex, graph.On, resource, EdgeOrigins.Observed);
            }
        }

        return vertex;
    }

    /// <summary>Soft-deletes an entity or clears an alarm: its edges go, it stays to be recognised.</summary>
    /// <returns>Whether it was there and the deletion is not older than the newest that was seen of it.</returns>
    public bool Delete(VertexName name, long atTicks)
    {
        var vertex = Find(name);
        vertex = vertex < 0 ? Add(name) : vertex;
        if (IsDeduced(vertex) || atTicks < graph.Vertices[vertex].AtTicks)
        {
            return false;
        }

        var wasLive = graph.Vertices[vertex].IsLive;
        ref var cold = ref changes.Begin(vertex);
        cold.Flags |= VertexFlags.Deleted;
        cold.AtTicks = atTicks;
        changes.End();
        Vertices -= wasLive ? 1 : 0;
        _edges.Clear();
        graph.CopyEdges(vertex, _edges);
        foreach (var edge in _edges)
        {
            RemoveEdge(edge, vertex);
        }

        return wasLive;
    }

    /// <summary>
    /// Adds a relation; ends not yet seen become placeholders. One that names a deleted entity is not made.
    /// </summary>
    public bool Relate(VertexName from, int label, VertexName to)
    {
        var (source, target) = (FindOrAdd(from), FindOrAdd(to));
        if (source < 0 || target < 0 || IsDeleted(source) || IsDeleted(target))
        {
            return false;
        }

        var known = graph.Edges.Find(source, label, target);
        if (known >= 0 && (graph.Edges[known].Origins & EdgeOrigins.Observed) != 0)
        {
            return false;
        }

        changes.AddEdge(source, label, target, EdgeOrigins.Observed);
        return true;
    }

    /// <summary>Removes an observed relation.</summary>
    public bool Unrelate(VertexName from, int label, VertexName to)
    {
        var (source, target) = (Find(from), Find(to));
        var edge = source < 0 || target < 0 ? -1 : graph.Edges.Find(source, label, target);
        if (edge < 0 || (graph.Edges[edge].Origins & EdgeOrigins.Observed) == 0)
        {
            return false;
        }

        RemoveEdge(edge, -1);
        return true;
    }

    /// <summary>The vertex of that name, soft-deleted ones too; -1 where there is none.</summary>
    public int Find(VertexName name)
    {
        if (name.ResourceKind < 0)
        {
            return graph.Resources.Find(name.Kind, name.Id);
        }

        var resource = graph.Resources.Find(name.ResourceKind, name.ResourceId!);
        if (resource < 0)
        {
            return -1;
        }

        if (graph.Alarms.TryGetValue((name.Kind, name.Id, resource), out var alarm))
        {
            return alarm;
        }

        return name.Kind == graph.Kinds.Deduced && facts.Words.Find(name.Id) is >= 0 and var word
            && facts.Alarms.TryGetValue(new PairKey(word, resource), out var deduced) && deduced.Severity >= 0
            ? deduced.Vertex
            : -1;
    }

    /// <summary>Reads all states and severities anew, as their values changed.</summary>
    public void ReadAnew()
    {
        for (var vertex = 0; vertex < graph.Vertices.Top; vertex++)
        {
            ref var now = ref graph.Vertices[vertex];
            if ((now.Flags & VertexFlags.Free) != 0 || (now.Said is null && now.Deduced is null))
            {
                continue;
            }

            if (!graph.Kinds[now.Kind].IsAlarm)
            {
                journal.NoteState(vertex);
            }

            ref var cold = ref changes.Begin(vertex);
            if (cold.Said is not null)
            {
                cold.Said = (cold.Flags & VertexFlags.Deduced) != 0
                    ? readings.Deduced(cold.Kind, facts.Words.Of(cold.Said.Text))
                    : readings.Said(cold.Kind, cold.Said.Text);
            }

            cold.Deduced = cold.Deduced is null ? null : readings.Deduced(cold.Kind, facts.Words.Of(cold.Deduced.Text));
            changes.End();
        }
    }

    /// <summary>The edges between live vertices.</summary>
    public int CountEdges()
    {
        var count = 0;
        for (var vertex = 0; vertex < graph.Vertices.Top; vertex++)
        {
            for (var group = graph.Vertices.FirstGroups[vertex];
                group >= 0 && graph.Vertices[vertex].IsLive;
                group = graph.Groups[group].Next)
            {
                foreach (var end in graph.Groups.Of(group))
                {
                    count += Adjacency.IsOutward(graph.Groups[group].Key) && graph.Vertices[end.Vertex].IsLive ? 1 : 0;
                }
            }
        }

        return count;
    }

    private bool IsDeduced(int vertex) => (graph.Vertices[vertex].Flags & VertexFlags.Deduced) != 0;

    private bool IsDeleted(int vertex) => (graph.Vertices[vertex].Flags & VertexFlags.Deleted) != 0;

    private int FindOrAdd(VertexName name) => Find(name) is >= 0 and var known ? known : Add(name);

    private int Add(VertexName name)
    {
        if (name.ResourceKind < 0)
        {
            var added = graph.Vertices.Add(name.Kind, name.Id);
            graph.Resources.Add(added);
            return added;
        }

        var resource = FindOrAdd(new VertexName(name.ResourceKind, name.ResourceId!));
        var alarm = graph.Vertices.Add(name.Kind, name.Id);
        graph.Vertices[alarm].Resource = resource;
        graph.Vertices[alarm].Name = name.Id;
        graph.Vertices[resource].Flags |= VertexFlags.Pinned;
        graph.Alarms.Add((name.Kind, name.Id, resource), alarm);
        return alarm;
    }

    private void Merge(ref Vertex cold, EntityReport report, bool wasLive)
    {
        if (!wasLive)
        {
            cold.Flags = (cold.Flags | VertexFlags.Real) & ~VertexFlags.Deleted;
            cold.Incarnation++;
            cold.SinceTicks = journal.NowTicks;
        }

        cold.AtTicks = report.AtTicks;
        cold.Name = report.HasName ? report.Name : cold.Name;
        if (report.HasSaid)
        {
            cold.Said = report.Said is null ? null : readings.Said(cold.Kind, report.Said);
        }

        if (report.Others.Count > 0)
        {
            cold.Others = Merged(cold.Others, report.Others);
        }
    }

    private static KeyValuePair<int, object>[]? Merged(
        KeyValuePair<int, object>[]? old, List<KeyValuePair<int, object?>> news)
    {
        var merged = old?.ToList() ?? [];
        foreach (var (property, value) in news)
        {
            merged.RemoveAll(pair => pair.Key == property);
            if (value is not null)
            {
                merged.Add(KeyValuePair.Create(property, value));
            }
        }

        return merged.Count == 0 ? null : [.. merged];
    }

    /// <summary>
    /// Adds the relations that are named. Edges to neighbours of a kind that is named, but which themselves are not,
    /// go; where the report says of which kinds of relation it is complete, these rule instead.
    /// </summary>
    private void ReplaceNeighbours(int vertex, EntityReport report)
    {
        _named.Clear();
        _namedKinds.Clear();
        foreach (var relation in report.Relations)
        {
            _namedKinds.Add(relation.Neighbour.Kind);
            var neighbour = FindOrAdd(relation.Neighbour);
            if (neighbour >= 0 && !IsDeleted(neighbour))
            {
                var (source, target) = relation.Outward ? (vertex, neighbour) : (neighbour, vertex);
                _named.Add(changes.AddEdge(source, relation.Label, target, EdgeOrigins.Observed));
            }
        }

        foreach (var complete in report.Complete)
        {
            _namedKinds.Remove(complete.Kind);
        }

        _edges.Clear();
        graph.CopyEdges(vertex, _edges);
        foreach (var edge in _edges)
        {
            if (!_named.Contains(edge) && (graph.Edges[edge].Origins & EdgeOrigins.Observed) != 0
                && IsReplaced(vertex, edge, report))
            {
                RemoveEdge(edge, vertex);
            }
        }
    }

    private bool IsReplaced(int vertex, int edge, EntityReport report)
    {
        var outward = graph.Edges[edge].Source == vertex;
        var far = graph.Vertices[outward ? graph.Edges[edge].Target : graph.Edges[edge].Source].Kind;
        if (_namedKinds.Contains(far))
        {
            return true;
        }

        foreach (var complete in report.Complete)
        {
            if (complete.Label == graph.Edges[edge].Label && complete.Outward == outward && complete.Kind == far)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Removes an observed edge, and ends other than <paramref name="keep"/> that are lonely placeholders.
    /// </summary>
    private void RemoveEdge(int edge, int keep)
    {
        var (source, target) = (graph.Edges[edge].Source, graph.Edges[edge].Target);
        changes.RemoveEdge(edge, EdgeOrigins.Observed);
        FreeIfLonelyPlaceholder(source, keep);
        FreeIfLonelyPlaceholder(target, keep);
    }

    private void FreeIfLonelyPlaceholder(int vertex, int keep)
    {
        if (vertex == keep || (graph.Vertices[vertex].Flags & ~VertexFlags.MarkedDown) != VertexFlags.None
            || graph.HasEdges(vertex))
        {
            return;
        }

        if (graph.Vertices[vertex].Resource >= 0)
        {
            ref var cold = ref graph.Vertices[vertex];
            graph.Alarms.Remove((cold.Kind, cold.Id, cold.Resource));
        }
        else
        {
            graph.Resources.Remove(vertex);
        }

        graph.Groups.Release(vertex);
        graph.Vertices.Free(vertex);
    }
}
