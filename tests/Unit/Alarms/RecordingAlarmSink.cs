using Ops.Model;

namespace Ops.Unit.Alarms;

/// <summary>Keeps the transitions it is given.</summary>
internal sealed class RecordingAlarmSink : IAlarmSink
{
    public List<AlarmTransition> All { get; } = [];

    public bool Fails { get; set; }

    public AlarmTransition Last => All[^1];

    /// <summary>The states gone to, in order.</summary>
    public string States => string.Join(", ", All.Select(transition => transition.To.Word()));

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new InvalidOperationException("the graph is busy");
        }

        All.AddRange(transitions);
        return ValueTask.CompletedTask;
    }
}
