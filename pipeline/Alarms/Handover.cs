using Ops.Model;

namespace Ops.Alarms;

/// <summary>
/// Hands transitions to the sink and then their state to the disk; what fails is kept and tried again.
/// </summary>
/// <remarks>Transitions are handed over first: after a crash in between, they come again rather than never.</remarks>
internal sealed class Handover(AlarmEvaluatorOptions options, IAlarmSink sink, IStateStore? state, Action<string>? log)
{
    private readonly Dictionary<string, StateChange> _changes = new(StringComparer.Ordinal);
    private List<AlarmTransition> _transitions = [];
    private bool _isFailing;
    private long _dropped;
    private long _failures;

    public long Dropped => Volatile.Read(ref _dropped);

    public long Failures => Volatile.Read(ref _failures);

    public bool HasWork => _transitions.Count > 0 || _changes.Count > 0;

    public void Add((List<AlarmTransition> Transitions, List<StateChange> Changes) outcome)
    {
        _transitions = _transitions.Count == 0 ? outcome.Transitions : [.. _transitions, .. outcome.Transitions];
        if (_transitions.Count - options.UndeliveredMax is var excess and > 0 && _isFailing)
        {
            _transitions.RemoveRange(0, excess);
            _dropped += excess;
        }

        foreach (var change in state is null ? [] : outcome.Changes)
        {
            _changes[change.Key] = change;
        }
    }

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (!HasWork)
        {
            return;
        }

        try
        {
            if (_transitions.Count > 0)
            {
                await sink.AcceptAsync(_transitions, cancellationToken).ConfigureAwait(false);
                _transitions = [];
            }

            if (_changes.Count > 0)
            {
                state!.Write([.. _changes.Values]);
                _changes.Clear();
            }

            _isFailing = false;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Fail(fault);
        }
    }

    /// <summary>Says it once until it works again.</summary>
    private void Fail(Exception fault)
    {
        _failures++;
        if (!_isFailing)
        {
            _isFailing = true;
            var what = _transitions.Count > 0
                ? "alarm transitions cannot be handed over"
                : "alarm states cannot be written";
            log?.Invoke($"{what}, trying again: {fault.Message}");
        }
    }
}
