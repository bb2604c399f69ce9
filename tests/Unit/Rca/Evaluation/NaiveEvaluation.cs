using Ops.Rca.Evaluation;
using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Unit.Rca.Evaluation;

/// <summary>
/// What templates deduce from the observed part of a graph, worked out from scratch: rank by rank, each to its least
/// fixpoint, trying every assignment. Alarms are named D0, D1, ...; a rank is the digit.
/// </summary>
internal sealed class NaiveEvaluation
{
    private readonly List<Node> _nodes = [];
    private readonly HashSet<(int Source, string Label, int Target)> _edges = [];
    private readonly Reasoner _reasoner;
    private readonly SortedSet<string> _alarms = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _causes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _states = [];

    public NaiveEvaluation(Reasoner reasoner, IReadOnlyList<Template> templates, int ranks)
    {
        _reasoner = reasoner;
        ReadObserved(reasoner.Graph);
        var scenarios = templates.SelectMany(template => template.Scenarios).ToList();
        for (var rank = 0; rank < ranks; rank++)
        {
            var ofRank = scenarios.Where(scenario => RankOf(scenario) == rank).ToList();
            while (ofRank.Count(Derive) > 0)
            {
            }
        }
    }

    public static int RankOf(Scenario scenario) => scenario.Actions.Max(action => action switch
    {
        RaiseAlarm raise => raise.AlarmName.Literal![1] - '0',
        _ => 0,
    });

    /// <summary>All that was deduced, one text each, sorted.</summary>
    public string Describe() => string.Join('\n', [
        .. _nodes.Where(node => node.IsDeduced)
            .Select(node => $"alarm {node.Properties["name"]} {node.Properties["severity"]} on {_nodes[node.On].Id}")
            .Order(StringComparer.Ordinal),
        .. _states.Select(pair => $"state {pair.Value} on {_nodes[pair.Key].Id}").Order(StringComparer.Ordinal),
        .. _causes,
    ]);

    /// <summary>The same of what a reasoner holds.</summary>
    public static string Describe(Reasoner reasoner)
    {
        var graph = reasoner.Graph;
        string NameOf(int vertex) => graph.Vertices[vertex].Resource is >= 0 and var resource
            ? $"{graph.Vertices[vertex].Id}@{graph.Vertices[resource].Id}"
            : graph.Vertices[vertex].Id;
        return string.Join('\n', [
            .. reasoner.Facts.Alarms.Values.Where(fact => fact.Severity >= 0)
                .Select(fact => $"alarm {reasoner.Facts.Words[fact.Name]} {reasoner.Facts.Words[fact.Severity]} "
                    + $"on {graph.Vertices[fact.Target].Id}")
                .Order(StringComparer.Ordinal),
            .. reasoner.Facts.States.Values.Where(fact => fact.State >= 0)
                .Select(fact => $"state {reasoner.Facts.Words[fact.State]} on {graph.Vertices[fact.Target].Id}")
                .Order(StringComparer.Ordinal),
            .. reasoner.Facts.Causes.Values.Where(fact => fact.Holds)
                .Select(fact => $"cause {NameOf(fact.Cause)}>{NameOf(fact.Effect)}").Order(StringComparer.Ordinal),
        ]);
    }

    private void ReadObserved(EntityGraph graph)
    {
        var numbers = new Dictionary<int, int>();
        for (var vertex = 0; vertex < graph.Vertices.Top; vertex++)
        {
            ref var cold = ref graph.Vertices[vertex];
            if (!cold.IsLive || (cold.Flags & VertexFlags.Deduced) != 0)
            {
                continue;
            }

            var properties = new Dictionary<string, string?>();
            for (var property = 0; property < graph.Properties.Count; property++)
            {
                if (!PropertyIds.IsDerived(property) || graph.Kinds[cold.Kind].IsAlarm)
                {
                    properties[graph.Properties[property]] = graph.Text(cold, property);
                }
            }

            numbers[vertex] = _nodes.Count;
            var id = cold.Resource >= 0 ? $"{cold.Id}@{graph.Vertices[cold.Resource].Id}" : cold.Id;
            _nodes.Add(new Node(id, properties)
            {
                Priority = cold.Said?.Priority ?? -1,
            });
            if (!graph.Kinds[cold.Kind].IsAlarm)
            {
                properties["vitrage_aggregated_state"] = cold.Said?.Upper;
            }
        }

        foreach (var (vertex, number) in numbers)
        {
            var edges = new List<int>();
            graph.CopyEdges(vertex, edges);
            foreach (var edge in edges.Select(edge => graph.Edges[edge]))
            {
                if (edge.Source == vertex && (edge.Origins & EdgeOrigins.Observed) != 0
                    && numbers.TryGetValue(edge.Target, out var target))
                {
                    _edges.Add((number, graph.Labels[edge.Label], target));
                }
            }
        }
    }

    private bool Derive(Scenario scenario)
    {
        var changed = false;
        foreach (var clause in scenario.Clauses)
        {
            var positive = Enumerable.Range(0, clause.Entities.Length)
                .Where(entity => !clause.Relations.Any(relation => Touches(relation, entity))
                    || clause.Relations.Any(relation => !relation.Negated && Touches(relation, entity))
                    || scenario.CommonEntities.Contains(clause.Entities[entity].Id))
                .ToList();
            foreach (var bound in Assign(clause, positive, 0, new int[clause.Entities.Length]).ToList())
            {
                changed |= Act(scenario, clause, positive, bound);
            }
        }

        return changed;
    }

    private static bool Touches(ClauseRelation relation, int entity) =>
        relation.Source == entity || relation.Target == entity;

    private IEnumerable<int[]> Assign(Clause clause, List<int> positive, int at, int[] bound)
    {
        if (at == positive.Count)
        {
            if (clause.Relations.All(relation => Holds(clause, positive, relation, bound)))
            {
                yield return [.. bound];
            }

            yield break;
        }

        for (var node = 0; node < _nodes.Count; node++)
        {
            if (Fits(_nodes[node], clause.Entities[positive[at]])
                && !positive.Take(at).Any(earlier => bound[earlier] == node))
            {
                bound[positive[at]] = node;
                if (!clause.Relations.All(relation => relation.Negated || !Closes(positive, at, relation)
                    || Holds(clause, positive, relation, bound)))
                {
                    continue;
                }

                foreach (var complete in Assign(clause, positive, at + 1, bound))
                {
                    yield return complete;
                }
            }
        }
    }

    /// <summary>Whether a relation lies between entities bound so far, so that it can be judged early.</summary>
    private static bool Closes(List<int> positive, int at, ClauseRelation relation) =>
        positive.IndexOf(relation.Source) is >= 0 and var source
        && positive.IndexOf(relation.Target) is >= 0 and var target
        && Math.Max(source, target) == at;

    private bool Holds(Clause clause, List<int> positive, ClauseRelation relation, int[] bound)
    {
        var (source, target) = (relation.Source, relation.Target);
        if (positive.Contains(source) && positive.Contains(target))
        {
            return relation.Negated != _edges.Contains((bound[source], relation.Label, bound[target]));
        }

        var any = positive.Contains(source) ? target : source;
        return !Enumerable.Range(0, _nodes.Count).Any(node =>
            Fits(_nodes[node], clause.Entities[any]) && !positive.Any(entity => bound[entity] == node)
            && _edges.Contains(any == source
                ? (node, relation.Label, bound[target])
                : (bound[source], relation.Label, node)));
    }

    private static bool Fits(Node node, ClauseEntity entity) => entity.Predicates.All(predicate =>
        node.Properties.GetValueOrDefault(predicate.Property) == predicate.Value);

    private bool Act(Scenario scenario, Clause clause, List<int> positive, int[] bound)
    {
        var changed = false;
        int Place(string id) => bound[clause.Entities.ToList().FindIndex(entity => entity.Id == id)];
        foreach (var action in scenario.Actions)
        {
            if (action is SetState set)
            {
                changed |= SetState(Place(set.Target), set.State.Literal!);
            }
            else if (action is RaiseAlarm raise)
            {
                var severity = raise.Severity.Literal
                    ?? _nodes[Place(raise.Severity.Entity!)].Properties.GetValueOrDefault(raise.Severity.Attribute!)
                    ?? "UNKNOWN";
                changed |= Raise(raise.AlarmName.Literal!, Place(raise.Target), severity);
                if (raise.CausingAlarm is { } cause && positive.Exists(entity => clause.Entities[entity].Id == cause))
                {
                    var effect = $"{raise.AlarmName.Literal}@{_nodes[Place(raise.Target)].Id}";
                    changed |= _causes.Add($"cause {_nodes[Place(cause)].Id}>{effect}");
                }
            }
        }

        return changed;
    }

    private bool SetState(int target, string state)
    {
        var (type, values) = (_nodes[target].Properties["vitrage_type"]!, _reasoner.Readings.Values);
        var reading = values.Deduced(type, false, state);
        if (_states.TryGetValue(target, out var now) && values.Deduced(type, false, now).Priority >= reading.Priority)
        {
            return false;
        }

        _states[target] = state;
        if (reading.Priority > _nodes[target].Priority)
        {
            _nodes[target].Properties["vitrage_aggregated_state"] = reading.Upper;
        }

        return true;
    }

    private bool Raise(string name, int target, string severity)
    {
        var id = $"{name}@{_nodes[target].Id}";
        var values = _reasoner.Readings.Values;
        if (_nodes.Find(node => node.IsDeduced && node.Id == id) is { } known)
        {
            if (values.Deduced("vitrage", true, known.Properties["severity"]!).Priority
                >= values.Deduced("vitrage", true, severity).Priority)
            {
                return false;
            }

            known.Properties["severity"] = severity;
            return true;
        }

        _alarms.Add(id);
        _edges.Add((_nodes.Count, "on", target));
        _nodes.Add(new Node(id, new Dictionary<string, string?>
        {
            ["vitrage_category"] = "ALARM", ["vitrage_type"] = "vitrage", ["name"] = name, ["severity"] = severity,
        })
        { IsDeduced = true, On = target });
        return true;
    }

    private sealed record Node(string Id, Dictionary<string, string?> Properties)
    {
        public bool IsDeduced { get; init; }

        public int On { get; init; } = -1;

        public int Priority { get; init; }
    }
}
