using Ops.Rca.Graph;

namespace Ops.Rca.Evaluation;

/// <summary>Remembers how what a line touches was before it, so that only the net change is told.</summary>
internal sealed class Journal(EntityGraph graph)
{
    private readonly List<Fact> _facts = [];
    private readonly List<NotedState> _states = [];

    /// <summary>The line's number, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The line's time, in ticks UTC.</summary>
    public long NowTicks { get; private set; }

    /// <summary>The facts that the line touched.</summary>
    public List<Fact> Facts => _facts;

    public void Begin(long nowTicks)
    {
        Line++;
        NowTicks = nowTicks;
        _facts.Clear();
        _states.Clear();
    }

    /// <summary>Remembers a fact as it is, the first time in a line.</summary>
    public void Touch(Fact fact)
    {
        if (fact.TouchedAt == Line)
        {
            return;
        }

        fact.TouchedAt = Line;
        _facts.Add(fact);
        switch (fact)
        {
            case AlarmFact alarm:
                alarm.SeverityBefore = alarm.Severity;
                break;
            case MarkFact mark:
                mark.WasMarked = mark.IsMarked;
                break;
            case CauseFact cause:
                cause.HeldBefore = cause.Holds;
                break;
            case RunFact run:
                run.WasHeld = run.IsHeld;
                break;
        }
    }

    /// <summary>Remembers the state of a resource as it is, the first time in a line.</summary>
    public void NoteState(int vertex)
    {
        if (graph.Vertices.NotedAt[vertex] == Line)
        {
            return;
        }

        graph.Vertices.NotedAt[vertex] = Line;
        var reading = graph.Vertices[vertex].Aggregated;
        _states.Add(new NotedState(vertex, reading?.Upper, reading?.Operational));
    }

    /// <summary>Tells the net changes.</summary>
    public void Tell(IChangeSink sink)
    {
        foreach (var noted in _states)
        {
            ref var vertex = ref graph.Vertices[noted.Vertex];
            var now = vertex.Aggregated;
            if (vertex.IsLive && (now?.Upper != noted.State || now?.Operational != noted.Operational))
            {
                sink.StateChanged(noted.Vertex);
            }
        }

        foreach (var fact in _facts)
        {
            Tell(fact, sink);
        }
    }

    private static void Tell(Fact fact, IChangeSink sink)
    {
        switch (fact)
        {
            case AlarmFact { SeverityBefore: < 0, Severity: >= 0 } alarm:
                sink.AlarmRaised(alarm);
                break;
            case AlarmFact { SeverityBefore: >= 0, Severity: < 0 } alarm:
                sink.AlarmCleared(alarm, alarm.SeverityBefore);
                break;
            case AlarmFact alarm when alarm.SeverityBefore != alarm.Severity:
                sink.SeverityChanged(alarm, alarm.SeverityBefore);
                break;
            case MarkFact mark when mark.IsMarked != mark.WasMarked:
                sink.Marked(mark.Target, mark.IsMarked);
                break;
            case CauseFact { Holds: true, HeldBefore: false } cause:
                sink.CauseAdded(cause);
                break;
            case CauseFact { Holds: false, HeldBefore: true } cause:
                sink.CauseRemoved(cause);
                break;
            case RunFact { WasHeld: false } run when run.IsHeld:
                sink.WorkflowDue(run);
                break;
        }
    }

    private readonly record struct NotedState(int Vertex, string? State, string? Operational);
}
