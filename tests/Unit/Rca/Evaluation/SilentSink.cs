using Ops.Rca.Evaluation;

namespace Ops.Unit.Rca.Evaluation;

internal sealed class SilentSink : IChangeSink
{
    public void AlarmRaised(AlarmFact alarm)
    {
    }

    public void AlarmCleared(AlarmFact alarm, int severity)
    {
    }

    public void SeverityChanged(AlarmFact alarm, int from)
    {
    }

    public void StateChanged(int vertex)
    {
    }

    public void Marked(int vertex, bool down)
    {
    }

    public void CauseAdded(CauseFact cause)
    {
    }

    public void CauseRemoved(CauseFact cause)
    {
    }

    public void WorkflowDue(RunFact run)
    {
    }
}
