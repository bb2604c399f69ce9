using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>Answers what there is and why. The caller holds the graph's lock; answers are immutable.</summary>
internal sealed class LiveAnswers(Reasoner reasoner, VertexViews views, Dictionary<int, AlarmTransition> transitions)
{
    /// <summary>How deep an answer to why follows causes.</summary>
    private const int DepthMax = 32;

    private readonly EntityGraph _graph = reasoner.Graph;
    private readonly Explainer _explainer = new(reasoner);
    private TopologyView? _topology;
    private IReadOnlyList<AlarmView>? _alarms;

    /// <summary>Forgets answers that were given, as the graph changed.</summary>
    public void Forget() => (_topology, _alarms) = (null, null);

    /// <summary>Live alarms, worst and newest first; all adds measured ones that are not firing.</summary>
    public IReadOnlyList<AlarmView> Alarms(bool all)
    {
        _alarms ??= [.. Sorted(LiveAlarms())];
        if (!all)
        {
            return _alarms;
        }

        var silent = transitions.Keys.Where(vertex => !_graph.Vertices[vertex].IsLive);
        return [.. _alarms, .. Sorted(silent)];
    }

    /// <summary>Why an alarm is there.</summary>
    public WhyView? Why(string alarmId)
    {
        foreach (var vertex in LiveAlarms())
        {
            if (views.IdOf(vertex) == alarmId)
            {
                return Why(vertex, [], 0);
            }
        }

        return null;
    }

    /// <summary>All live resources with the relations between them.</summary>
    public TopologyView Topology()
    {
        if (_topology is not null)
        {
            return _topology;
        }

        var entities = new List<EntityView>();
        var relations = new List<RelationView>();
        var edges = new List<int>();
        for (var vertex = 0; vertex < _graph.Vertices.Top; vertex++)
        {
            if (!IsShown(vertex))
            {
                continue;
            }

            entities.Add(views.Entity(vertex));
            edges.Clear();
            _graph.CopyEdges(vertex, edges);
            foreach (var edge in edges)
            {
                ref var it = ref _graph.Edges[edge];
                if (it.Source == vertex && IsShown(it.Target))
                {
                    relations.Add(new RelationView(_graph.Labels[it.Label], RefOf(vertex), RefOf(it.Target)));
                }
            }
        }

        return _topology = new TopologyView(entities, relations);
    }

    /// <summary>One live resource.</summary>
    public EntityView? Entity(EntityRef entity)
    {
        var kind = _graph.Kinds.Find(Kinds.Resource, entity.Type);
        var vertex = kind < 0 ? -1 : _graph.Resources.Find(kind, entity.Id);
        return vertex >= 0 && _graph.Vertices[vertex].IsLive ? views.Entity(vertex) : null;
    }

    /// <summary>The templates in force with their live matches, then those refused.</summary>
    public IReadOnlyList<TemplateView> Templates(IReadOnlyList<RuleFault> refused)
    {
        var matches = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var fact in AllFacts())
        {
            foreach (ref readonly var support in fact.Supports)
            {
                if (support.Action.Scenario.Actions[0] == support.Action)
                {
                    var template = support.Action.Scenario.Template;
                    matches[template] = matches.GetValueOrDefault(template) + support.Count;
                }
            }
        }

        var inForce = reasoner.Rules.Templates.Select(template => new TemplateView(
            template.Source.Name, template.Source.Version, "active", template.Source.Description, template.Source.File,
            template.Source.Scenarios.Length, matches.GetValueOrDefault(template.Source.Name)));
        return
        [
            .. inForce,
            .. refused.Select(fault => new TemplateView(fault.Template, "", "refused", fault.Message, "", 0, 0)),
        ];
    }

    private IEnumerable<Fact> AllFacts() => reasoner.Facts.Alarms.Values.Cast<Fact>()
        .Concat(reasoner.Facts.States.Values).Concat(reasoner.Facts.Marks.Values)
        .Concat(reasoner.Facts.Causes.Values.Where(cause => cause.Supports.Length > 0
            && cause.Supports[0].Action.Kind == ActionKind.AddCause))
        .Concat(reasoner.Facts.Runs.Values);

    private IEnumerable<int> LiveAlarms()
    {
        for (var vertex = 0; vertex < _graph.Vertices.Top; vertex++)
        {
            if (_graph.Vertices[vertex].IsLive && _graph.Kinds[_graph.Vertices[vertex].Kind].IsAlarm)
            {
                yield return vertex;
            }
        }
    }

    private IEnumerable<AlarmView> Sorted(IEnumerable<int> vertices) => vertices
        .OrderByDescending(vertex => _graph.Vertices[vertex].Said?.Priority ?? 0)
        .ThenByDescending(vertex => _graph.Vertices[vertex].SinceTicks)
        .ThenBy(vertex => reasoner.Facts.FindAlarm(vertex) is not null)
        .ThenBy(vertex => _graph.Vertices[vertex].Id, StringComparer.Ordinal)
        .Select(View);

    private AlarmView View(int vertex) => views.Alarm(vertex, reasoner.Facts.FindAlarm(vertex));

    private WhyView Why(int vertex, HashSet<int> met, int depth)
    {
        var fact = reasoner.Facts.FindAlarm(vertex);
        var opened = met.Add(vertex) && depth < DepthMax;
        return new WhyView(
            View(vertex),
            fact is null || !opened ? [] : _explainer.Derivations(fact),
            opened ? [.. views.Neighbours(vertex, outward: false).Select(cause => Why(cause, met, depth + 1))] : [],
            [.. views.Neighbours(vertex, outward: true).Select(View)]);
    }

    private bool IsShown(int vertex) =>
        _graph.Vertices[vertex].IsLive && !_graph.Kinds[_graph.Vertices[vertex].Kind].IsAlarm;

    private EntityRef RefOf(int vertex)
    {
        ref var cold = ref _graph.Vertices[vertex];
        return new EntityRef(_graph.Kinds[cold.Kind].Type, cold.Id);
    }
}
