using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Live;

/// <summary>Turns what a line changed into <see cref="RcaChange"/>s.</summary>
internal sealed class ChangeRecorder(Reasoner reasoner, VertexViews views) : IChangeSink
{
    private readonly List<(RcaChange Change, int Cleared)> _changes = [];
    private readonly Dictionary<int, List<AlarmView>> _causesGone = [];

    /// <summary>The deduced alarms that came or went, to be written.</summary>
    public List<AlarmFact> Deduced { get; } = [];

    /// <summary>The changes since the last call.</summary>
    public List<RcaChange> Take()
    {
        var taken = _changes.Select(pair => _causesGone.GetValueOrDefault(pair.Cleared) is { } causes
            ? pair.Change with
            {
                Alarm = pair.Change.Alarm! with { Causes = [.. causes.Select(cause => cause.Id)] },
                RootCauses = causes,
            }
            : pair.Change).ToList();
        _changes.Clear();
        _causesGone.Clear();
        return taken;
    }

    public void AlarmRaised(AlarmFact alarm)
    {
        Deduced.Add(alarm);
        Add(RcaChangeKind.AlarmRaised, alarm.Vertex, views.Alarm(alarm.Vertex, alarm), "raised");
    }

    public void AlarmCleared(AlarmFact alarm, int severity)
    {
        Deduced.Add(alarm);
        Add(RcaChangeKind.AlarmCleared, alarm.Vertex, views.Alarm(alarm.Vertex, alarm, Severity(severity)) with
        {
            State = AlarmState.Ok.Word(),
        }, "cleared");
    }

    public void SeverityChanged(AlarmFact alarm, int from)
    {
        var view = views.Alarm(alarm.Vertex, alarm);
        Add(RcaChangeKind.SeverityChanged, alarm.Vertex, view, $"now {view.Severity}, was {Severity(from)}");
    }

    public void StateChanged(int vertex)
    {
        var entity = views.Entity(vertex);
        Add(RcaChangeKind.StateChanged, entity, $"{entity.Name} is now {entity.State ?? "without state"}");
    }

    public void Marked(int vertex, bool down)
    {
        var entity = views.Entity(vertex);
        Add(RcaChangeKind.Marked, entity, $"{entity.Name} is {(down ? "marked down" : "no longer marked down")}");
    }

    public void CauseAdded(CauseFact cause)
    {
    }

    public void CauseRemoved(CauseFact cause)
    {
        if (!reasoner.Graph.Kinds[reasoner.Graph.Vertices[cause.Cause].Kind].IsAlarm)
        {
            return;
        }

        if (!_causesGone.TryGetValue(cause.Effect, out var causes))
        {
            _causesGone.Add(cause.Effect, causes = []);
        }

        causes.Add(Alarm(cause.Cause));
    }

    public void WorkflowDue(RunFact run)
    {
        var source = (RunWorkflow)run.Action.Action.Source;
        var texts = new MatchTexts(reasoner, run);
        var workflow = texts.Of(source.Workflow) ?? "";
        _changes.Add((new RcaChange
        {
            Kind = RcaChangeKind.WorkflowDue,
            At = Now(),
            Text = $"workflow {workflow} is due (template {run.Action.Action.Scenario.Template})",
            Entity = run.Action.Target < 0 ? null : views.Entity(run.Match[run.Action.Target]),
            Workflow = workflow,
            Input = source.Input.ToDictionary(pair => pair.Key, pair => texts.Of(pair.Value)),
        }, -1));
    }

    /// <summary>Notes that a measured alarm came, went or changed its severity.</summary>
    public void Measured(RcaChangeKind kind, int vertex, AlarmView alarm, string what) =>
        Add(kind, vertex, alarm, what);

    private void Add(RcaChangeKind kind, int vertex, AlarmView alarm, string what) => _changes.Add((new RcaChange
    {
        Kind = kind,
        At = Now(),
        Text = $"{alarm.Name} on {alarm.Resource.Name ?? alarm.Resource.Id} {what}",
        Alarm = alarm,
        RootCauses = [.. views.Reach(vertex, outward: false, ends: true).Select(Alarm)],
        Impact = [.. views.Reach(vertex, outward: true, ends: false).Select(Alarm)],
    }, kind == RcaChangeKind.AlarmCleared ? vertex : -1));

    private void Add(RcaChangeKind kind, EntityView entity, string text) =>
        _changes.Add((new RcaChange { Kind = kind, At = Now(), Text = text, Entity = entity }, -1));

    private AlarmView Alarm(int vertex) => views.Alarm(vertex, reasoner.Facts.FindAlarm(vertex));

    private string Severity(int word) => reasoner.Readings.Deduced(reasoner.Graph.Kinds.Deduced, word).Upper;

    private DateTimeOffset Now() => new(reasoner.NowTicks, TimeSpan.Zero);
}
