using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Evaluation.Rules;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Live;

/// <summary>
/// The live entity graph: takes observations and alarm transitions, deduces alarms, states and causes from them, tells
/// what changed, and answers what there is and why.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Writers take turns; each observation is settled before the next. Readers get a view of the
/// moment, and never wait for more than the line that is being settled.
/// </remarks>
public sealed class RcaEngine : IObservationSink, IAlarmSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly RcaEngineOptions _options;
    private readonly Dictionary<int, AlarmTransition> _transitions = [];
    private readonly Reasoner _reasoner;
    private readonly GraphJournal _journal;
    private readonly VertexViews _views;
    private readonly ChangeRecorder _recorder;
    private readonly LiveIntake _intake;
    private readonly LiveAnswers _answers;
    private IReadOnlyList<RuleFault> _refused = [];

    /// <summary>Creates the engine with an empty graph; call <see cref="Restore"/> before anything is taken.</summary>
    public RcaEngine(RcaEngineOptions options)
    {
        _options = options;
        _reasoner = new Reasoner(options.StateValues);
        _journal = new GraphJournal(_reasoner, options.Store);
        _views = new VertexViews(_reasoner, _transitions);
        _recorder = new ChangeRecorder(_reasoner, _views);
        _intake = new LiveIntake(_reasoner, _journal, _views, _recorder, _transitions);
        _answers = new LiveAnswers(_reasoner, _views, _transitions);
        Reload(options.Templates);
    }

    /// <summary>
    /// Counts: observations and transitions taken, those ignored as late, entities, relations, alarms, matches.
    /// </summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, long>
                {
                    ["observations_received"] = _intake.Received,
                    ["observations_late"] = _intake.Late,
                    ["transitions_received"] = _intake.Transitions,
                    ["entities"] = _reasoner.Vertices,
                    ["relations"] = _reasoner.Graph.Edges.Count,
                    ["alarms_deduced"] = _reasoner.Facts.Alarms.Count,
                    ["matches"] = _reasoner.Matches,
                };
            }
        }
    }

    /// <summary>
    /// Brings back what the store kept: entities, alarms with their ids and since when, and what follows from them.
    /// </summary>
    public void Restore()
    {
        if (_options.Store is { } store)
        {
            lock (_gate)
            {
                var restore = new GraphRestore(_reasoner, store, _journal, _transitions);
                restore.Run(_recorder);
                restore.Names.ForEach(pair => _intake.Remember(pair.Key, pair.Value));
                _recorder.Take();
                _recorder.Deduced.Clear();
                _answers.Forget();
            }
        }
    }

    /// <summary>Puts exactly these templates in force; those that did not change are left alone.</summary>
    /// <returns>Why the set is refused; the old one stays in force then. Empty where it was taken.</returns>
    public IReadOnlyList<RuleFault> Reload(IReadOnlyList<Template> templates)
    {
        List<RcaChange> changes;
        lock (_gate)
        {
            _refused = Reasoner.Check(templates, _reasoner.Readings.Values);
            if (_refused.Count > 0)
            {
                return _refused;
            }

            var now = _reasoner.Rules.Templates.Select(template => template.Source).ToList();
            _reasoner.Begin(_options.Time.GetUtcNow().UtcTicks);
            foreach (var gone in now.Where(old => !templates.Contains(old)))
            {
                _reasoner.Remove(gone.Name);
            }

            _reasoner.Add([.. templates.Where(template => !now.Contains(template))]);
            changes = Finish();
        }

        Tell(changes);
        return [];
    }

    /// <summary>Puts other state values in force: all states are read anew.</summary>
    public void Use(StateValueSet values)
    {
        List<RcaChange> changes;
        lock (_gate)
        {
            _reasoner.Begin(_options.Time.GetUtcNow().UtcTicks);
            _reasoner.Use(values);
            changes = Finish();
        }

        Tell(changes);
    }

    /// <inheritdoc/>
    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
        TakeAsync(observations, _intake.Take, cancellationToken);

    /// <inheritdoc/>
    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        TakeAsync(transitions, _intake.Take, cancellationToken);

    /// <summary>
    /// Writes changed entities to the store every <see cref="RcaEngineOptions.FlushEvery"/>, until cancelled.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.FlushEvery, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            Flush();
        }
    }

    /// <summary>Writes all that is not written yet; it is on disk on return.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _journal.Flush(all: true);
        }
    }

    /// <summary>
    /// Live alarms, worst and newest first; with <paramref name="all"/> also measured ones that are not firing.
    /// </summary>
    public IReadOnlyList<AlarmView> Alarms(bool all = false)
    {
        lock (_gate)
        {
            return _answers.Alarms(all);
        }
    }

    /// <summary>Why the alarm with that id is there, or null when there is none.</summary>
    public WhyView? Why(string alarmId)
    {
        lock (_gate)
        {
            return _answers.Why(alarmId);
        }
    }

    /// <summary>All live entities and relations between them.</summary>
    public TopologyView Topology()
    {
        lock (_gate)
        {
            return _answers.Topology();
        }
    }

    /// <summary>One live entity, or null.</summary>
    public EntityView? Entity(EntityRef entity)
    {
        lock (_gate)
        {
            return _answers.Entity(entity);
        }
    }

    /// <summary>The templates in force with how many matches each has, and those that were last refused.</summary>
    public IReadOnlyList<TemplateView> Templates()
    {
        lock (_gate)
        {
            return _answers.Templates(_refused);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _turn.Dispose();
    }

    private async ValueTask TakeAsync<T>(IReadOnlyList<T> batch, Action<T> take, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var item in batch)
            {
                List<RcaChange> changes;
                lock (_gate)
                {
                    take(item);
                    changes = Finish();
                }

                Tell(changes);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Settles the line, and writes alarms.</summary>
    private List<RcaChange> Finish()
    {
        _recorder.Deduced.Clear();
        _reasoner.Settle(_recorder, _intake.Told);
        _answers.Forget();
        _journal.Flush(all: false);
        return _recorder.Take();
    }

    private void Tell(List<RcaChange> changes)
    {
        if (changes.Count > 0)
        {
            _options.Changed(changes);
        }
    }
}
