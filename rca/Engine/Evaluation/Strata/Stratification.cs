using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Graph;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Strata;

/// <summary>
/// Orders actions so that each settles after all that it rests on, and finds sets that could oscillate.
/// </summary>
internal sealed class Stratification
{
    private readonly DependencyGraph _graph = new();
    private readonly Dictionary<Head, int> _heads = [];
    private readonly Dictionary<CompiledScenario, int> _scenarios = [];
    private readonly List<(CompiledAction Action, int Scenario, int Head, bool IsCauseOfAlarm)> _actions = [];
    private readonly HeadIndex _index;

    public Stratification(EntityGraph graph, StateValueSet values, IEnumerable<CompiledTemplate> templates)
    {
        _index = new HeadIndex(graph);
        var clauses = templates.SelectMany(template => template.Clauses).ToList();
        foreach (var clause in clauses)
        {
            AddHeads(clause);
        }

        var dependence = new Dependence(graph, values);
        foreach (var clause in clauses)
        {
            foreach (var head in _index.MayConcern(clause))
            {
                var signs = dependence.Of(head, clause);
                _graph.Connect(_heads[head], _scenarios[clause.Scenario], signs);
            }
        }

        _graph.FindComponents();
    }

    /// <summary>One fault for each template on a cycle through a negation.</summary>
    public IReadOnlyList<RuleFault> Faults()
    {
        var faults = new List<RuleFault>();
        foreach (var cycle in _graph.NegativeCycles())
        {
            var told = string.Join(" -> ", cycle.Select(node => _graph.NameOf(node)));
            var owners = cycle.Select(node => _graph.OwnerOf(node)).OfType<string>().Distinct();
            faults.AddRange(owners.Where(owner => faults.TrueForAll(fault => fault.Template != owner)).Select(owner =>
                new RuleFault(owner, $"could oscillate, as it rests on its own absence: {told}")));
        }

        return faults;
    }

    /// <summary>Writes levels and recursion into the actions.</summary>
    public void Apply()
    {
        foreach (var (action, scenario, head, isCauseOfAlarm) in _actions)
        {
            var recursive = _graph.ComponentOf(scenario) == _graph.ComponentOf(head);
            if (isCauseOfAlarm)
            {
                action.CauseLevel = _graph.LevelOf(head);
                action.CauseRecursive |= recursive;
                continue;
            }

            action.Level = Math.Max(action.Level, _graph.LevelOf(head));
            action.Recursive |= recursive;
            if (action.Kind == ActionKind.AddCause)
            {
                (action.CauseLevel, action.CauseRecursive) = (action.Level, action.Recursive);
            }
        }

        FindMeetings();
    }

    /// <summary>
    /// Finds the actions whose facts may also have recursive supports: same alarm name, or both states, and so on.
    /// </summary>
    private void FindMeetings()
    {
        var actions = _actions.Select(it => it.Action).Distinct().ToList();
        var recursive = actions.Where(action => action.Recursive).ToList();
        var names = recursive.Select(NameOf).ToHashSet();
        var kinds = recursive.Select(action => action.Kind).ToHashSet();
        var causes = actions.Exists(action => action.CauseRecursive);
        foreach (var action in actions)
        {
            action.CauseMeetsRecursion = causes;
            action.MeetsRecursion = action.Kind == ActionKind.RaiseAlarm
                ? kinds.Contains(ActionKind.RaiseAlarm)
                    && (NameOf(action) is null || names.Contains(null) || names.Contains(NameOf(action)))
                : kinds.Contains(action.Kind);
        }
    }

    private static string? NameOf(CompiledAction action) =>
        action.Source is RaiseAlarm raise ? raise.AlarmName.Literal : "";

    private void AddHeads(CompiledClause clause)
    {
        if (!_scenarios.TryGetValue(clause.Scenario, out var scenario))
        {
            scenario = _graph.AddNode(
                $"{clause.Scenario.Template} scenario {clause.Scenario.Source.Index}", clause.Scenario.Template);
            _scenarios.Add(clause.Scenario, scenario);
            foreach (var action in clause.Scenario.Actions)
            {
                (action.Level, action.Recursive, action.CauseLevel, action.CauseRecursive) = (0, false, 0, false);
            }
        }

        foreach (var action in clause.Actions)
        {
            foreach (var (head, isCauseOfAlarm) in Heads.Of(clause, action))
            {
                if (!_heads.TryGetValue(head, out var node))
                {
                    node = _graph.AddNode(head.Describe(), owner: null);
                    _heads.Add(head, node);
                    _index.Add(head);
                }

                _graph.Connect(scenario, node, DependenceSigns.Positive);
                _actions.Add((action.Action, scenario, node, isCauseOfAlarm));
            }
        }
    }
}
