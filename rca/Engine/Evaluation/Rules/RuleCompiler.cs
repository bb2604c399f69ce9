using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Rules;

/// <summary>Compiles templates to clauses that the matcher can run from any place.</summary>
internal sealed class RuleCompiler(EntityGraph graph, ClassTable classes, Symbols words)
{
    /// <summary>What keeps a template from being compiled; empty where nothing does.</summary>
    public static IEnumerable<RuleFault> Faults(Template template)
    {
        foreach (var scenario in template.Scenarios)
        {
            foreach (var clause in scenario.Clauses)
            {
                if (clause.Relations.Length > CompiledClause.RelationsMax
                    || clause.Entities.Length > CompiledClause.RelationsMax)
                {
                    yield return new RuleFault(
                        template.Name,
                        $"scenario {scenario.Index}: a clause has more than {CompiledClause.RelationsMax} relations "
                        + "or entities");
                    continue;
                }

                var shape = new ClauseShape(scenario, clause);
                foreach (var relation in clause.Relations)
                {
                    if (relation.Negated && shape.Place(relation.Source) < 0 && shape.Place(relation.Target) < 0)
                    {
                        yield return new RuleFault(
                            template.Name,
                            $"scenario {scenario.Index}: NOT {clause.Entities[relation.Source].Id} [{relation.Label}] "
                            + $"{clause.Entities[relation.Target].Id} names no entity that the condition requires");
                    }
                }
            }
        }
    }

    /// <summary>Compiles a template that has no faults. Its clauses are not in force yet.</summary>
    public CompiledTemplate Compile(Template template) => new(
        template,
        [.. template.Scenarios.SelectMany(scenario => Compile(template.Name, scenario))]);

    private IEnumerable<CompiledClause> Compile(string template, Scenario source)
    {
        var scenario = new CompiledScenario(template, source) { Actions = new CompiledAction[source.Actions.Length] };
        for (var i = 0; i < source.Actions.Length; i++)
        {
            scenario.Actions[i] = new CompiledAction(scenario, source.Actions[i], KindOf(source.Actions[i]));
        }

        scenario.Clauses = source.Clauses.Select((clause, number) => Compile(scenario, clause, number)).ToList();
        return scenario.Clauses;
    }

    private CompiledClause Compile(CompiledScenario scenario, Clause clause, int number)
    {
        var shape = new ClauseShape(scenario.Source, clause);
        var ofPlace = shape.Positive.Select(entity => classes.Of(clause.Entities[entity].Predicates)).ToArray();
        var ids = shape.Positive.Select(entity => clause.Entities[entity].Id).ToArray();
        var edges = new List<ClauseEdge>();
        var forbidden = new List<ClauseEdge>();
        var watches = new List<ClauseWatch>();
        foreach (var relation in clause.Relations.Distinct())
        {
            var (source, target) = (shape.Place(relation.Source), shape.Place(relation.Target));
            if (source >= 0 && target >= 0)
            {
                (relation.Negated ? forbidden : edges).Add(Edge(ofPlace, source, relation, target));
            }
            else
            {
                var watch = WatchOf(clause, ofPlace, source, relation, target);
                if (!watches.Contains(watch))
                {
                    watches.Add(watch);
                }
            }
        }

        var actions = ClauseActions(scenario, ids, ofPlace);
        var compiled = new CompiledClause
        {
            Scenario = scenario,
            Number = number,
            Ids = ids,
            Classes = ofPlace,
            Edges = [.. edges],
            Forbidden = [.. forbidden],
            Watches = [.. watches],
            Actions = actions,
            Source = clause,
            Reads = [.. Enumerable.Range(0, ids.Length).Select(place => ReadsOf(actions, place))],
            NeedsEdge = [.. Enumerable.Range(0, ids.Length)
                .Select(place => edges.Exists(edge => edge.Source == place || edge.Target == place))],
            IsConnected = IsConnected(ids.Length, edges),
        };
        compiled.VertexRoles = [.. ids.Select((_, place) => new VertexRole(compiled, place))];
        compiled.EdgeRoles = [.. edges.Concat(forbidden).Select(edge => new EdgeRole(compiled, edge))];
        compiled.WatchRoles = [.. watches.Select(watch => new WatchRole(compiled, watch))];
        return compiled;
    }

    private ClauseEdge Edge(VertexClass[] ofPlace, int source, ClauseRelation relation, int target)
    {
        var label = graph.Labels.Of(relation.Label);
        return new ClauseEdge(source, label, target, relation.Negated)
        {
            OutKey = KeyTo(ofPlace[target], label, outward: true),
            InKey = KeyTo(ofPlace[source], label, outward: false),
        };
    }

    private static long KeyTo(VertexClass far, int label, bool outward) =>
        far.Kind < 0 ? -1 : Adjacency.Key(Adjacency.LabelKey(label, outward), far.Kind);

    private ClauseWatch WatchOf(Clause clause, VertexClass[] ofPlace, int source, ClauseRelation relation, int target)
    {
        var outward = source >= 0;
        var anchor = outward ? source : target;
        var other = classes.Of(clause.Entities[outward ? relation.Target : relation.Source].Predicates);
        var label = graph.Labels.Of(relation.Label);
        var watch = other.Watches.Find(it => it.Label == label && it.Outward == outward);
        if (watch is null)
        {
            watch = new Watch(label, outward, other);
            other.Watches.Add(watch);
        }

        var overlaps = ofPlace.Where((_, place) => place != anchor).Any(far => ClassOverlap.MayShare(far, other));
        return new ClauseWatch(anchor, watch, overlaps);
    }

    /// <summary>
    /// The actions whose entities the clause binds; one that only lacks the cause of its alarm stays.
    /// </summary>
    private ClauseAction[] ClauseActions(CompiledScenario scenario, string[] ids, VertexClass[] ofPlace)
    {
        var actions = new List<ClauseAction>();
        foreach (var action in scenario.Actions)
        {
            var (target, cause, text, severity) = action.Source switch
            {
                RaiseAlarm raise => (raise.Target, raise.CausingAlarm, raise.AlarmName, raise.Severity),
                SetState set => (set.Target, null, set.State, null),
                AddCause add => (add.Target, add.Source, null, null),
                MarkDown mark => (mark.Target, null, null, null),
                RunWorkflow run => (run.Target ?? CommonOf(scenario, ids, ofPlace), null, null, null),
                var other => throw new InvalidOperationException($"no such action: {other.GetType().Name}"),
            };
            var made = new ClauseAction
            {
                Action = action,
                Target = target is null ? -1 : Array.IndexOf(ids, target),
                Cause = cause is null ? -1 : Array.IndexOf(ids, cause),
                Text = TextOf(text, ids),
                Severity = TextOf(severity, ids),
            };
            if ((made.Target >= 0 || action.Kind == ActionKind.RunWorkflow)
                && (made.Cause >= 0 || action.Kind != ActionKind.AddCause)
                && TextsOf(action.Source).All(it => it.Entity is null || ids.Contains(it.Entity)))
            {
                actions.Add(made);
            }
        }

        return [.. actions];
    }

    /// <summary>
    /// The entity that an action without target is about: the first common one that is no alarm, else the first.
    /// </summary>
    private static string? CommonOf(CompiledScenario scenario, string[] ids, VertexClass[] ofPlace)
    {
        var common = scenario.Source.CommonEntities;
        return common.FirstOrDefault(id => Array.IndexOf(ids, id) is >= 0 and var place && ofPlace[place].IsResource)
            ?? common.FirstOrDefault();
    }

    private static IEnumerable<ActionText> TextsOf(ScenarioAction action) => action switch
    {
        RaiseAlarm raise => [raise.AlarmName, raise.Severity],
        SetState set => [set.State],
        RunWorkflow run => run.Input.Select(member => member.Value).Append(run.Workflow),
        _ => [],
    };

    private ClauseText TextOf(ActionText? text, string[] ids)
    {
        if (text?.Entity is { } entity)
        {
            var place = Array.IndexOf(ids, entity);
            return new ClauseText(-1, place, place < 0 ? -1 : graph.Properties.Of(text.Attribute ?? ""));
        }

        return new ClauseText(text?.Literal is { } literal ? words.Of(literal) : -1, -1, -1);
    }

    private static int[] ReadsOf(ClauseAction[] actions, int place) =>
    [
        .. actions.SelectMany(action => (ClauseText[])[action.Text, action.Severity])
            .Where(text => text.Place == place && place >= 0).Select(text => text.Property).Distinct().Order(),
    ];

    private static bool IsConnected(int places, List<ClauseEdge> edges)
    {
        var reached = new HashSet<int> { 0 };
        for (var grew = true; grew;)
        {
            grew = false;
            foreach (var edge in edges)
            {
                grew |= reached.Contains(edge.Source) != reached.Contains(edge.Target)
                    && (reached.Add(edge.Source) | reached.Add(edge.Target));
            }
        }

        return reached.Count == places;
    }

    private static ActionKind KindOf(ScenarioAction action) => action switch
    {
        RaiseAlarm => ActionKind.RaiseAlarm,
        SetState => ActionKind.SetState,
        AddCause => ActionKind.AddCause,
        MarkDown => ActionKind.MarkDown,
        _ => ActionKind.RunWorkflow,
    };
}
