using System.Numerics;
using Ops.Rca.Graph;

namespace Ops.Rca.Evaluation;

/// <summary>Takes the matches that a <see cref="Matcher"/> finds.</summary>
internal interface IMatchSink
{
    /// <summary>
    /// A match came (+1) or went (-1); <paramref name="bound"/> holds the vertices by place, valid during the call.
    /// </summary>
    void Matched(CompiledClause clause, int[] bound, int sign);
}

/// <summary>
/// Joins a clause outward from what changed, always through the smallest adjacency next. Vertices of a match are
/// distinct.
/// </summary>
internal sealed class Matcher(EntityGraph graph, ClassTable classes, IMatchSink sink)
{
    private readonly int[] _bound = new int[CompiledClause.RelationsMax + 1];
    private CompiledClause _clause = null!;
    private Touch _touch;
    private int _sign;
    private int _unbound;

    /// <summary>Finds the matches that have a vertex at a place.</summary>
    public void FromVertex(CompiledClause clause, int place, int vertex, int sign, Touch touch = default)
    {
        Start(clause, sign, touch);
        if (Bind(place, vertex))
        {
            Extend((1UL << clause.Edges.Length) - 1);
        }
    }

    /// <summary>Finds the matches whose relation is that edge; a negated relation only binds its ends.</summary>
    public void FromEdge(CompiledClause clause, ClauseEdge edge, int source, int target, int sign)
    {
        Start(clause, sign, default);
        if (!Bind(edge.Source, source) || !Bind(edge.Target, target))
        {
            return;
        }

        var all = (1UL << clause.Edges.Length) - 1;
        var index = Array.IndexOf(clause.Edges, edge);
        Extend(index < 0 ? all : all & ~(1UL << index));
    }

    private void Start(CompiledClause clause, int sign, Touch touch)
    {
        _clause = clause;
        _sign = sign;
        _touch = touch;
        _unbound = clause.Classes.Length;
        _bound.AsSpan(0, _unbound).Fill(-1);
    }

    private bool Bind(int place, int vertex)
    {
        if (!classes.Sets.Has(graph.Vertices.ClassSets[vertex], _clause.Classes[place].Number)
            || (_touch.IsSet && vertex == _touch.Vertex))
        {
            return false;
        }

        for (var other = 0; other < _clause.Classes.Length; other++)
        {
            if (_bound[other] == vertex)
            {
                return false;
            }
        }

        foreach (var watch in _clause.Watches)
        {
            if (watch.Anchor == place && !watch.Overlaps && watch.Watch.Count(vertex) > 0)
            {
                return false;
            }
        }

        _bound[place] = vertex;
        _unbound--;
        return true;
    }

    private void Unbind(int place)
    {
        _bound[place] = -1;
        _unbound++;
    }

    private void Extend(ulong remaining)
    {
        if (remaining == 0 && _unbound == 0)
        {
            Leaf();
            return;
        }

        var next = -1;
        var fewest = int.MaxValue;
        for (var rest = remaining; rest != 0; rest &= rest - 1)
        {
            var index = BitOperations.TrailingZeroCount(rest);
            var edge = _clause.Edges[index];
            var (source, target) = (_bound[edge.Source], _bound[edge.Target]);
            if (source >= 0 && target >= 0)
            {
                if (graph.Edges.Find(source, edge.Label, target) < 0)
                {
                    return;
                }

                remaining &= ~(1UL << index);
            }
            else if (source >= 0 || target >= 0)
            {
                var count = source >= 0
                    ? CountOf(source, edge.OutKey, edge, outward: true)
                    : CountOf(target, edge.InKey, edge, outward: false);
                if (count == 0)
                {
                    return;
                }

                (next, fewest) = count < fewest ? (index, count) : (next, fewest);
            }
        }

        if (next >= 0)
        {
            Follow(_clause.Edges[next], remaining & ~(1UL << next));
        }
        else if (_unbound == 0)
        {
            Leaf();
        }
        else
        {
            StartNextPart(remaining);
        }
    }

    /// <summary>Goes through the neighbours that a relation with one bound end leads to.</summary>
    private void Follow(ClauseEdge edge, ulong remaining)
    {
        var outward = _bound[edge.Source] >= 0;
        var from = outward ? _bound[edge.Source] : _bound[edge.Target];
        var place = outward ? edge.Target : edge.Source;
        var key = outward ? edge.OutKey : edge.InKey;
        var labelKey = Adjacency.LabelKey(edge.Label, outward);
        for (var group = graph.Vertices.FirstGroups[from]; group >= 0; group = graph.Groups[group].Next)
        {
            var groupKey = graph.Groups[group].Key;
            if (key >= 0 ? groupKey != key : groupKey >> 32 != labelKey)
            {
                continue;
            }

            foreach (var end in graph.Groups.Of(group))
            {
                if (Bind(place, end.Vertex))
                {
                    Extend(remaining);
                    Unbind(place);
                }
            }
        }
    }

    /// <summary>
    /// A clause in several parts that no relation connects: each vertex of a class starts the next part.
    /// </summary>
    private void StartNextPart(ulong remaining)
    {
        var place = Array.IndexOf(_bound, -1, 0, _clause.Classes.Length);
        foreach (var vertex in _clause.Classes[place].Members ?? [])
        {
            if (Bind(place, vertex))
            {
                Extend(remaining);
                Unbind(place);
            }
        }
    }

    private int CountOf(int vertex, long key, ClauseEdge edge, bool outward)
    {
        var labelKey = Adjacency.LabelKey(edge.Label, outward);
        var count = 0;
        for (var group = graph.Vertices.FirstGroups[vertex]; group >= 0; group = graph.Groups[group].Next)
        {
            ref var it = ref graph.Groups[group];
            if (key >= 0)
            {
                if (it.Key == key)
                {
                    return it.Count;
                }
            }
            else if (it.Key >> 32 == labelKey)
            {
                count += it.Count;
            }
        }

        return count;
    }

    private void Leaf()
    {
        foreach (var forbidden in _clause.Forbidden)
        {
            if (graph.Edges.Find(_bound[forbidden.Source], forbidden.Label, _bound[forbidden.Target]) >= 0)
            {
                return;
            }
        }

        foreach (var watch in _clause.Watches)
        {
            if (watch.Overlaps && Violators(watch) > 0)
            {
                return;
            }
        }

        if (!_touch.IsSet || !TouchedBefore())
        {
            sink.Matched(_clause, _bound, _sign);
        }
    }

    /// <summary>The violators of an anchor that are not themselves part of the match.</summary>
    private int Violators(ClauseWatch watch)
    {
        var anchor = _bound[watch.Anchor];
        var count = watch.Watch.Count(anchor);
        for (var place = 0; count > 0 && place < _clause.Classes.Length; place++)
        {
            if (place != watch.Anchor && IsViolator(watch.Watch, anchor, _bound[place]))
            {
                count--;
            }
        }

        return count;
    }

    private bool IsViolator(Watch watch, int anchor, int vertex) =>
        classes.Sets.Has(graph.Vertices.ClassSets[vertex], watch.Other.Number)
        && (watch.Outward
            ? graph.Edges.Find(anchor, watch.Label, vertex)
            : graph.Edges.Find(vertex, watch.Label, anchor)) >= 0;

    /// <summary>
    /// Whether an earlier negated relation of the clause already led from the changed vertex to this match.
    /// </summary>
    private bool TouchedBefore()
    {
        for (var index = 0; index < _touch.Index; index++)
        {
            var watch = _clause.Watches[index];
            var (label, outward, other) = (watch.Watch.Label, watch.Watch.Outward, watch.Watch.Other.Number);
            if (!classes.Sets.Has(_touch.InSet, other) || classes.Sets.Has(_touch.NotInSet, other))
            {
                continue;
            }

            var anchor = _bound[watch.Anchor];
            var touched = _touch.EdgeAnchor >= 0
                ? _touch.EdgeAnchor == anchor && label == _touch.EdgeLabel && outward == _touch.EdgeOutward
                : (outward
                    ? graph.Edges.Find(anchor, label, _touch.Vertex)
                    : graph.Edges.Find(_touch.Vertex, label, anchor)) >= 0;
            if (touched)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Says that matches are sought because a vertex starts or stops to violate a negated relation.</summary>
internal readonly record struct Touch
{
    /// <summary>Whether there is such a vertex; it must not be part of the matches.</summary>
    public bool IsSet { get; init; }

    /// <summary>The vertex.</summary>
    public int Vertex { get; init; }

    /// <summary>The place of the negated relation in the clause's <see cref="CompiledClause.Watches"/>.</summary>
    public int Index { get; init; }

    /// <summary>The changed classes are those of this set,</summary>
    public int InSet { get; init; }

    /// <summary>without those of this one.</summary>
    public int NotInSet { get; init; }

    /// <summary>Where an edge changed: its end that is the anchor; else -1.</summary>
    public int EdgeAnchor { get; init; }

    public int EdgeLabel { get; init; }

    public bool EdgeOutward { get; init; }
}
