using Ops.Model;

namespace Ops.Unit.Server.Api;

/// <summary>Keeps the transitions it is given.</summary>
internal sealed class FakeAlarmSink : IAlarmSink
{
    public List<AlarmTransition> Taken { get; } = [];

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken)
    {
        Taken.AddRange(transitions);
        return ValueTask.CompletedTask;
    }
}
