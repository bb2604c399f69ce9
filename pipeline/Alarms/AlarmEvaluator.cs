using Ops.Alarms.Evaluation;
using Ops.Alarms.Rules;
using Ops.Alarms.State;
using Ops.Model;

namespace Ops.Alarms;

/// <summary>Judges samples against alarm rules as they come, and says what changed.</summary>
/// <remarks>
/// Safe for concurrent use: batches are judged one after the other. Transitions reach the sink in order, and are on
/// disk only afterwards, so that one may come twice after a crash but none is lost. A batch is done when what it
/// brought about has been handed over. An entity that is observed as deleted takes its alarms with it.
/// </remarks>
public sealed class AlarmEvaluator : ISampleSink, IObservationSink, IDisposable
{
    private readonly AlarmEvaluatorOptions _options;
    private readonly IStateStore? _state;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _boardLock = new();
    private readonly AlarmBoard _board;
    private readonly Turn _turn;
    private readonly Handover _handover;
    private bool _isRestored;

    /// <summary>An evaluator without rules; <see cref="ReloadAsync"/> gives it some.</summary>
    /// <param name="options">Lags and limits.</param>
    /// <param name="sink">Takes the transitions.</param>
    /// <param name="state">Keeps the alarms over a restart; null keeps them in memory alone.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Takes one sentence about what failed, the first time it does; or null.</param>
    public AlarmEvaluator(
        AlarmEvaluatorOptions options, IAlarmSink sink, IStateStore? state, TimeProvider time,
        Action<string>? log = null)
    {
        (_options, _state, _time) = (options, state, time);
        _startedAt = time.GetTimestamp();
        _board = new AlarmBoard(options);
        _turn = new Turn(options);
        _handover = new Handover(options, sink, state, log);
    }

    /// <summary>What was done so far, and what there is now.</summary>
    public AlarmCounts Counts
    {
        get
        {
            lock (_boardLock)
            {
                return new AlarmCounts
                {
                    SamplesReceived = _turn.SamplesReceived,
                    SamplesLate = _turn.SamplesLate,
                    SamplesAhead = _turn.SamplesAhead,
                    ValuesJudged = _turn.ValuesJudged,
                    Transitions = _turn.TransitionsMade,
                    TransitionsDropped = _handover.Dropped,
                    Failures = _handover.Failures,
                    AlarmsRefused = _turn.AlarmsRefused,
                    Rules = _board.RuleCount,
                    Alarms = _board.Watches.Count,
                    Firing = _board.Watches.Count(watch => watch.State == AlarmState.Alarm),
                };
            }
        }
    }

    /// <summary>
    /// Puts the rules in force, at once and together. The first time, alarms of before the restart are taken up: they
    /// keep their state until there are enough samples to judge them anew; those whose rule is gone go to ok.
    /// </summary>
    public ValueTask ReloadAsync(IReadOnlyList<AlarmRule> rules, CancellationToken cancellationToken) =>
        TurnAsync(() => Reload(rules), cancellationToken);

    /// <inheritdoc/>
    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        if (!_gate.Wait(0, cancellationToken))
        {
            return AcceptLaterAsync(batch, cancellationToken);
        }

        var entered = true;
        try
        {
            Judge(batch);
            if (!_handover.HasWork && !_turn.HasOutcome)
            {
                return ValueTask.CompletedTask;
            }

            entered = false;
            return FinishAsync(cancellationToken);
        }
        finally
        {
            if (entered)
            {
                _gate.Release();
            }
        }
    }

    /// <summary>
    /// Ends the alarms of entities that are observed as deleted; other observations say nothing here.
    /// </summary>
    public async ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        var gone = observations.Where(observation => observation.Action == ObservationAction.Delete)
            .Select(observation => observation.Entity).ToHashSet();
        if (gone.Count > 0)
        {
            await TurnAsync(() => _board.Forget(gone, _turn), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Judges what time alone brings about: windows that end, silences, waits. Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.TickInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                await TickAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>One look at the timers; <see cref="RunAsync"/> does it all the time.</summary>
    public ValueTask TickAsync(CancellationToken cancellationToken) =>
        TurnAsync(() => _board.Tick(_turn), cancellationToken);

    /// <summary>All alarms in any state, as they are now: those in state alarm first, then the newest first.</summary>
    public IReadOnlyList<AlarmView> Alarms()
    {
        lock (_boardLock)
        {
            return [.. _board.Watches
                .OrderByDescending(watch => watch.State == AlarmState.Alarm).ThenByDescending(watch => watch.SinceNs)
                .Select(WatchReports.View)];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static IEnumerable<KeyValuePair<string, AlarmRecord>> Records(IStateStore state)
    {
        foreach (var (id, document) in state.ReadAll(AlarmRecords.Area))
        {
            if (AlarmRecords.Read(document) is { } record)
            {
                yield return KeyValuePair.Create(id, record);
            }
        }
    }

    private void Reload(IReadOnlyList<AlarmRule> rules)
    {
        _board.Reload(rules, _turn);
        if (!_isRestored && _state is not null)
        {
            _board.Restore(Records(_state), _turn);
        }

        _isRestored = true;
    }

    private void Begin() => _turn.Begin(_time.GetUtcNow(), _time.GetElapsedTime(_startedAt));

    private void Judge(SampleBatch batch)
    {
        lock (_boardLock)
        {
            Begin();
            _board.Take(batch.Items, _turn);
        }
    }

    private async ValueTask AcceptLaterAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Judge(batch);
            await HandOverAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await HandOverAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask TurnAsync(Action turn, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_boardLock)
            {
                Begin();
                turn();
            }

            await HandOverAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private ValueTask HandOverAsync(CancellationToken cancellationToken)
    {
        lock (_boardLock)
        {
            _handover.Add(_turn.TakeOutcome());
        }

        return _handover.RunAsync(cancellationToken);
    }
}
