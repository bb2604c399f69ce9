using Ops.Rca.Graph;
using Ops.Rca.StateValues;

namespace Ops.Rca.Evaluation;

/// <summary>Turns matches into facts, and facts into changes of the graph, until nothing changes any more.</summary>
internal sealed class Settler : IMatchSink
{
    /// <summary>
    /// The most facts looked at for one line; more means a fault of ours, as sets that oscillate are refused.
    /// </summary>
    private const long StepsMax = 10_000_000;

    private readonly EntityGraph _graph;
    private readonly FactStore _facts;
    private readonly Journal _journal;
    private readonly Readings _readings;
    private readonly SettleQueue _queue = new();

    public Settler(EntityGraph graph, ClassTable classes, FactStore facts, Journal journal, Readings readings)
    {
        _graph = graph;
        _facts = facts;
        _journal = journal;
        _readings = readings;
        Changes = new GraphChanges(graph, classes, this);
    }

    /// <summary>What changes the graph.</summary>
    public GraphChanges Changes { get; }

    /// <summary>Matches that came or went so far.</summary>
    public long Matches { get; private set; }

    /// <inheritdoc/>
    public void Matched(CompiledClause clause, int[] bound, int sign)
    {
        Matches++;
        foreach (var action in clause.Actions)
        {
            var target = action.Target < 0 ? -1 : bound[action.Target];
            switch (action.Action.Kind)
            {
                case ActionKind.RaiseAlarm:
                    Raise(action, target, bound, sign);
                    break;
                case ActionKind.SetState when Word(action.Text, bound) is >= 0 and var state:
                    Count(_facts.State(target), action.Action, state, sign);
                    break;
                case ActionKind.AddCause:
                    Count(_facts.Cause(bound[action.Cause], target), action.Action, -1, sign);
                    break;
                case ActionKind.MarkDown:
                    Count(_facts.Mark(target), action.Action, -1, sign);
                    break;
                case ActionKind.RunWorkflow:
                    Count(_facts.Run(clause, action, bound), action.Action, -1, sign);
                    break;
            }
        }
    }

    /// <summary>Settles all that the line changed.</summary>
    public void Settle()
    {
        for (long steps = 0; _queue.Next() is { } fact; steps++)
        {
            if (steps == StepsMax)
            {
                throw new InvalidOperationException($"templates did not settle within {StepsMax} steps");
            }

            Look(fact);
        }
    }

    /// <summary>Looks at all alarms and states again, as the values by which the worst is found changed.</summary>
    public void LookAgain()
    {
        foreach (var fact in _facts.Alarms.Values.Cast<Fact>().Concat(_facts.States.Values).ToList())
        {
            _journal.Touch(fact);
            _queue.Add(fact, 0);
        }
    }

    /// <summary>Drops the facts that nothing holds up, after the line was told.</summary>
    public void Sweep()
    {
        foreach (var fact in _journal.Facts)
        {
            fact.Sweep();
            if (fact.SupportCount > 0)
            {
                continue;
            }

            if (fact is AlarmFact alarm)
            {
                Remove(alarm.Vertex);
            }

            _facts.Forget(fact);
        }
    }

    private void Raise(ClauseAction action, int target, int[] bound, int sign)
    {
        var name = Word(action.Text, bound);
        if (name < 0)
        {
            return;
        }

        var severity = Word(action.Severity, bound);
        var fact = _facts.Alarm(name, target);
        Count(fact, action.Action, severity >= 0 ? severity : _facts.Words.Of(FactStore.UnknownSeverity), sign);
        if (action.Cause >= 0)
        {
            Count(_facts.Cause(bound[action.Cause], fact.Vertex), action.Action, -1, sign);
        }
    }

    private int Word(ClauseText text, int[] bound) => text.Place < 0
        ? text.Symbol
        : Changes.Text(bound[text.Place], text.Property) is { Length: > 0 } read ? _facts.Words.Of(read) : -1;

    private void Count(Fact fact, CompiledAction action, int word, int sign)
    {
        _journal.Touch(fact);
        var level = fact.Add(action, word, sign, _journal.NowTicks);
        if (level != Fact.Never)
        {
            _queue.Add(fact, level);
        }
    }

    private void Look(Fact fact)
    {
        switch (fact)
        {
            case AlarmFact alarm:
                Look(alarm);
                break;
            case StateFact state:
                Look(state);
                break;
            case MarkFact mark:
                Look(mark);
                break;
            case CauseFact cause:
                Look(cause);
                break;
        }
    }

    private void Look(AlarmFact alarm)
    {
        var severity = Worst(alarm, _graph.Kinds.Deduced);
        if (severity == alarm.Severity)
        {
            return;
        }

        if (!alarm.IsPlaced)
        {
            alarm.IsPlaced = true;
            Changes.AddEdge(alarm.Vertex, _graph.On, alarm.Target, EdgeOrigins.Deduced);
        }

        alarm.Severity = severity;
        ref var vertex = ref Changes.Begin(alarm.Vertex);
        vertex.Said = severity < 0 ? null : _readings.Deduced(_graph.Kinds.Deduced, severity);
        vertex.Flags = severity < 0 ? vertex.Flags & ~VertexFlags.Real : vertex.Flags | VertexFlags.Real;
        if (alarm.SeverityBefore < 0)
        {
            vertex.SinceTicks = vertex.AtTicks = _journal.NowTicks;
        }

        Changes.End();
    }

    private void Look(StateFact fact)
    {
        var kind = _graph.Vertices[fact.Target].Kind;
        var state = Worst(fact, kind);
        if (state == fact.State)
        {
            return;
        }

        _journal.NoteState(fact.Target);
        fact.State = state;
        Changes.Begin(fact.Target).Deduced = state < 0 ? null : _readings.Deduced(kind, state);
        Changes.End();
    }

    private void Look(MarkFact fact)
    {
        var marked = CountsAny(fact);
        if (marked == fact.IsMarked)
        {
            return;
        }

        fact.IsMarked = marked;
        ref var vertex = ref Changes.Begin(fact.Target);
        vertex.Flags = marked ? vertex.Flags | VertexFlags.MarkedDown : vertex.Flags & ~VertexFlags.MarkedDown;
        Changes.End();
    }

    private void Look(CauseFact fact)
    {
        var holds = CountsAny(fact);
        if (holds == fact.Holds)
        {
            return;
        }

        fact.Holds = holds;
        if (holds)
        {
            Changes.AddEdge(fact.Cause, _graph.Causes, fact.Effect, EdgeOrigins.Deduced);
        }
        else if (_graph.Edges.Find(fact.Cause, _graph.Causes, fact.Effect) is >= 0 and var edge)
        {
            Changes.RemoveEdge(edge, EdgeOrigins.Deduced);
        }
    }

    /// <summary>
    /// The word of the worst support; at a tie the one that is there longest, then the first by letters.
    /// </summary>
    private int Worst(Fact fact, int kind)
    {
        var (worst, priority, since) = (-1, -1, 0L);
        foreach (ref readonly var support in fact.Supports)
        {
            if (!fact.Counts(support))
            {
                continue;
            }

            if (support.Word == worst)
            {
                since = Math.Min(since, support.SinceTicks);
                continue;
            }

            var reading = _readings.Deduced(kind, support.Word);
            if (reading.Priority > priority || (reading.Priority == priority && (support.SinceTicks < since
                || (support.SinceTicks == since
                    && string.CompareOrdinal(_facts.Words[support.Word], _facts.Words[worst]) < 0))))
            {
                (worst, priority, since) = (support.Word, reading.Priority, support.SinceTicks);
            }
        }

        return worst;
    }

    private static bool CountsAny(Fact fact)
    {
        foreach (ref readonly var support in fact.Supports)
        {
            if (fact.Counts(support))
            {
                return true;
            }
        }

        return false;
    }

    private void Remove(int vertex)
    {
        var edges = new List<int>();
        _graph.CopyEdges(vertex, edges);
        foreach (var edge in edges)
        {
            Changes.RemoveEdge(edge, EdgeOrigins.Observed | EdgeOrigins.Deduced);
        }

        _graph.Groups.Release(vertex);
        _graph.Vertices.Free(vertex);
    }
}
