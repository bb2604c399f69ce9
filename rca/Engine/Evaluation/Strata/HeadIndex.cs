using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Strata;

/// <summary>Finds the heads that may concern a clause, so that not every pair need be judged.</summary>
internal sealed class HeadIndex(EntityGraph graph)
{
    private readonly Dictionary<string, List<Head>> _alarms = new(StringComparer.Ordinal);
    private readonly List<Head> _allAlarms = [];
    private readonly List<Head> _unnamedAlarms = [];
    private readonly List<Head> _states = [];
    private readonly List<Head> _causes = [];

    public void Add(Head head)
    {
        switch (head.Kind)
        {
            case ActionKind.RaiseAlarm:
                _allAlarms.Add(head);
                if (head.Word is null)
                {
                    _unnamedAlarms.Add(head);
                }
                else if (_alarms.TryGetValue(head.Word, out var list))
                {
                    list.Add(head);
                }
                else
                {
                    _alarms.Add(head.Word, [head]);
                }

                break;
            case ActionKind.AddCause:
                _causes.Add(head);
                break;
            default:
                _states.Add(head);
                break;
        }
    }

    /// <summary>The heads worth judging.</summary>
    public IEnumerable<Head> MayConcern(CompiledClause clause)
    {
        var found = new HashSet<Head>();
        foreach (var vertexClass in clause.Classes.Concat(clause.Watches.Select(watch => watch.Watch.Other)))
        {
            if (vertexClass.Kind < 0 || vertexClass.Kind == graph.Kinds.Deduced)
            {
                found.UnionWith(Alarms(vertexClass));
            }

            if (Array.Exists(vertexClass.Rest, test => IsOfStates(test.Property)))
            {
                found.UnionWith(_states);
            }
        }

        if (clause.Reads.Any(reads => reads.Any(IsOfStates)))
        {
            found.UnionWith(_states);
        }

        if (clause.Edges.Concat(clause.Forbidden).Any(edge => edge.Label == graph.Causes)
            || clause.Watches.Any(watch => watch.Watch.Label == graph.Causes))
        {
            found.UnionWith(_causes);
        }

        return found;
    }

    private static bool IsOfStates(int property) =>
        property is (>= PropertyIds.DeducedState and <= PropertyIds.OperationalState) or PropertyIds.MarkedDown;

    private IEnumerable<Head> Alarms(VertexClass vertexClass)
    {
        var name = Array.Find(
            vertexClass.Rest, test => test is { Property: PropertyIds.Name, Kind: PredicateKind.Equal });
        return name is null ? _allAlarms : _alarms.GetValueOrDefault(name.Value, []).Concat(_unnamedAlarms);
    }
}
