namespace Ops.Rca.Evaluation;

/// <summary>
/// Told, once a line has settled, what it changed in what is deduced. Nothing may be kept beyond a call.
/// </summary>
internal interface IChangeSink
{
    /// <summary>A deduced alarm came.</summary>
    void AlarmRaised(AlarmFact alarm);

    /// <summary>A deduced alarm went; its severity was the symbol given.</summary>
    void AlarmCleared(AlarmFact alarm, int severity);

    /// <summary>The worst severity of a deduced alarm is another.</summary>
    void SeverityChanged(AlarmFact alarm, int from);

    /// <summary>The aggregated or operational state of a resource is another.</summary>
    void StateChanged(int vertex);

    /// <summary>A vertex was marked down, or is no longer.</summary>
    void Marked(int vertex, bool down);

    /// <summary>One alarm now causes another.</summary>
    void CauseAdded(CauseFact cause);

    /// <summary>One alarm no longer causes another.</summary>
    void CauseRemoved(CauseFact cause);

    /// <summary>A workflow is to run for a match that came.</summary>
    void WorkflowDue(RunFact run);
}
