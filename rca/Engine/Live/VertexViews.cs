using System.Globalization;
using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;
using Ops.Rca.Replay;

namespace Ops.Rca.Live;

/// <summary>Shows vertices as answers name them. The caller holds the graph's lock.</summary>
internal sealed class VertexViews(Reasoner reasoner, Dictionary<int, AlarmTransition> transitions)
{
    private readonly EntityGraph _graph = reasoner.Graph;
    private readonly Explainer _explainer = new(reasoner);

    /// <summary>The resource of a vertex.</summary>
    public ResourceView Resource(int vertex)
    {
        ref var cold = ref _graph.Vertices[vertex];
        return new ResourceView(_graph.Kinds[cold.Kind].Type, cold.Id, cold.Name);
    }

    /// <summary>An entity with its properties.</summary>
    public EntityView Entity(int vertex)
    {
        ref var cold = ref _graph.Vertices[vertex];
        var properties = new Dictionary<string, object?>();
        foreach (var (property, value) in cold.Others ?? [])
        {
            properties[_graph.Properties[property]] = value;
        }

        if ((cold.Flags & VertexFlags.MarkedDown) != 0)
        {
            properties["is_marked_down"] = true;
        }

        return new EntityView
        {
            Category = _graph.Kinds[cold.Kind].Category,
            Type = _graph.Kinds[cold.Kind].Type,
            Id = cold.Id,
            Name = cold.Name ?? cold.Id,
            State = cold.Aggregated?.Upper,
            OperationalState = cold.Aggregated?.Operational ?? "N/A",
            Properties = properties,
        };
    }

    /// <summary>An alarm, measured or deduced.</summary>
    /// <param name="vertex">Its vertex.</param>
    /// <param name="fact">What deduced it, or null.</param>
    /// <param name="severity">Another severity than the present, for one that was cleared.</param>
    public AlarmView Alarm(int vertex, AlarmFact? fact, string? severity = null)
    {
        ref var cold = ref _graph.Vertices[vertex];
        var measured = transitions.GetValueOrDefault(vertex);
        var resource = VertexJson.ResourceOf(_graph, vertex);
        return new AlarmView
        {
            Id = IdOf(vertex),
            Name = cold.Name ?? cold.Id,
            Type = _graph.Kinds[cold.Kind].Type,
            Severity = severity ?? cold.Said?.Upper ?? "UNKNOWN",
            State = cold.IsLive ? AlarmState.Alarm.Word() : measured?.To.Word() ?? AlarmState.Ok.Word(),
            Resource = resource < 0 ? new ResourceView("", "", null) : Resource(resource),
            Deduced = fact is not null,
            Since = new DateTimeOffset(cold.IsLive || fact is not null ? cold.SinceTicks : cold.AtTicks, TimeSpan.Zero),
            Reason = fact is not null ? _explainer.Sentence(fact) : measured?.Reason ?? "reported by its monitor",
            Because = fact is null
                ? []
                : [.. Because.Of(fact).Select(scenario => new BecauseView(scenario.Template, scenario.Source.Index))],
            Causes = [.. Neighbours(vertex, outward: false).Select(IdOf)],
        };
    }

    /// <summary>The live alarms that cause one (inward) or that it causes (outward).</summary>
    public List<int> Neighbours(int vertex, bool outward)
    {
        var found = new List<int>();
        var key = Adjacency.LabelKey(_graph.Causes, outward);
        for (var group = _graph.Vertices.FirstGroups[vertex]; group >= 0; group = _graph.Groups[group].Next)
        {
            if (_graph.Groups[group].Key >> 32 != key)
            {
                continue;
            }

            foreach (var end in _graph.Groups.Of(group))
            {
                if (_graph.Vertices[end.Vertex].IsLive && _graph.Kinds[_graph.Vertices[end.Vertex].Kind].IsAlarm)
                {
                    found.Add(end.Vertex);
                }
            }
        }

        return found;
    }

    /// <summary>
    /// All alarms reached by following causes one way; with <paramref name="ends"/> only those where a chain ends.
    /// </summary>
    public List<int> Reach(int vertex, bool outward, bool ends)
    {
        var seen = new HashSet<int> { vertex };
        var queue = new Queue<int>(seen);
        var reached = new List<int>();
        while (queue.TryDequeue(out var at))
        {
            var next = Neighbours(at, outward);
            if (at != vertex && (!ends || next.Count == 0))
            {
                reached.Add(at);
            }

            next.Where(seen.Add).ToList().ForEach(queue.Enqueue);
        }

        return reached;
    }

    /// <summary>
    /// The id of an alarm's present incarnation: made of what it is and since when, so that a restart keeps it.
    /// </summary>
    public string IdOf(int vertex)
    {
        ref var cold = ref _graph.Vertices[vertex];
        var hash = 14695981039346656037UL;
        Mix(ref hash, _graph.Kinds[cold.Kind].Type);
        Mix(ref hash, cold.Id);
        if (VertexJson.ResourceOf(_graph, vertex) is >= 0 and var resource)
        {
            Mix(ref hash, _graph.Kinds[_graph.Vertices[resource].Kind].Type);
            Mix(ref hash, _graph.Vertices[resource].Id);
        }

        Mix(ref hash, cold.SinceTicks.ToString(CultureInfo.InvariantCulture));
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return (hash ^ (hash >> 32)).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static void Mix(ref ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        hash = (hash ^ 0xFFFF) * 1099511628211UL;
    }
}
