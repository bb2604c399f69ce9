using Ops.Rca.Graph;

namespace Ops.Rca.Evaluation;

/// <summary>All facts that have any support, and the way from a match to them.</summary>
internal sealed class FactStore(EntityGraph graph)
{
    /// <summary>The severity of an alarm whose template reads it from a property that is not there.</summary>
    public const string UnknownSeverity = "UNKNOWN";

    public Dictionary<PairKey, AlarmFact> Alarms { get; } = [];

    public Dictionary<int, StateFact> States { get; } = [];

    public Dictionary<int, MarkFact> Marks { get; } = [];

    public Dictionary<PairKey, CauseFact> Causes { get; } = [];

    public Dictionary<RunKey, RunFact> Runs { get; } = [];

    /// <summary>Names, severities and states.</summary>
    public Symbols Words { get; } = new();

    public AlarmFact Alarm(int name, int target)
    {
        var key = new PairKey(name, target);
        if (!Alarms.TryGetValue(key, out var fact))
        {
            var vertex = graph.Vertices.Add(graph.Kinds.Deduced, Words[name]);
            ref var cold = ref graph.Vertices[vertex];
            cold.Name = cold.Id;
            cold.Resource = target;
            cold.Flags = VertexFlags.Deduced;
            fact = new AlarmFact(name, target, vertex);
            Alarms.Add(key, fact);
        }

        return fact;
    }

    /// <summary>The fact whose vertex that is; null where it is no deduced alarm.</summary>
    public AlarmFact? FindAlarm(int vertex)
    {
        ref var cold = ref graph.Vertices[vertex];
        return (cold.Flags & VertexFlags.Deduced) != 0
            ? Alarms.GetValueOrDefault(new PairKey(Words.Find(cold.Id), cold.Resource))
            : null;
    }

    public StateFact State(int target)
    {
        if (!States.TryGetValue(target, out var fact))
        {
            States.Add(target, fact = new StateFact(target));
        }

        return fact;
    }

    public MarkFact Mark(int target)
    {
        if (!Marks.TryGetValue(target, out var fact))
        {
            Marks.Add(target, fact = new MarkFact(target));
        }

        return fact;
    }

    public CauseFact Cause(int cause, int effect)
    {
        var key = new PairKey(cause, effect);
        if (!Causes.TryGetValue(key, out var fact))
        {
            Causes.Add(key, fact = new CauseFact(cause, effect));
        }

        return fact;
    }

    public RunFact Run(CompiledClause clause, ClauseAction action, int[] bound)
    {
        var match = bound.AsSpan(0, clause.Classes.Length).ToArray();
        var key = new RunKey(action.Action, clause.Ids, match);
        if (!Runs.TryGetValue(key, out var fact))
        {
            Runs.Add(key, fact = new RunFact(action, match) { Clause = clause, Key = key });
        }

        return fact;
    }

    /// <summary>Forgets a fact that nothing holds up.</summary>
    public void Forget(Fact fact)
    {
        switch (fact)
        {
            case AlarmFact alarm:
                Alarms.Remove(new PairKey(alarm.Name, alarm.Target));
                break;
            case StateFact state:
                States.Remove(state.Target);
                break;
            case MarkFact mark:
                Marks.Remove(mark.Target);
                break;
            case CauseFact cause:
                Causes.Remove(new PairKey(cause.Cause, cause.Effect));
                break;
            case RunFact run:
                Runs.Remove(run.Key);
                break;
        }
    }
}
