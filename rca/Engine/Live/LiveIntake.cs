using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>Maps observations and transitions of measured alarms to lines of the reasoner.</summary>
internal sealed class LiveIntake(
    Reasoner reasoner, GraphJournal journal, VertexViews views, ChangeRecorder recorder,
    Dictionary<int, AlarmTransition> transitions)
{
    /// <summary>The type of alarms measured by rules of our own.</summary>
    public const string MeasuredType = "ops";

    /// <summary>The type of a resource of which only an alarm tells.</summary>
    public const string UnknownResourceType = "resource";

    private readonly EntityReport _report = new();
    private readonly Dictionary<string, VertexName> _names = new(StringComparer.Ordinal);

    private readonly List<(RcaChangeKind Kind, int Vertex, string What)> _raised = [];

    public long Received { get; private set; }

    public long Late { get; private set; }

    public long Transitions { get; private set; }

    /// <summary>Takes an observation.</summary>
    public void Take(Observation observation)
    {
        Received++;
        reasoner.Begin(observation.At.UtcTicks);
        var name = Name(observation.Entity);
        journal.TouchAround(reasoner.Intake.Find(name));
        switch (observation.Action)
        {
            case ObservationAction.Delete:
                reasoner.Intake.Delete(name, observation.At.UtcTicks);
                break;
            case ObservationAction.Unrelate:
                foreach (var relation in observation.Relations)
                {
                    Unrelate(name, relation);
                }

                break;
            default:
                Fill(observation, name);
                Late += reasoner.Intake.Upsert(_report) < 0 ? 1 : 0;
                break;
        }

        journal.TouchAround(reasoner.Intake.Find(name));
    }

    /// <summary>Takes a transition of a measured alarm.</summary>
    public void Take(AlarmTransition transition)
    {
        Transitions++;
        reasoner.Begin(transition.At.UtcTicks);
        var name = NameOf(transition);
        var vertex = reasoner.Intake.Find(name);
        var before = vertex >= 0 && reasoner.Graph.Vertices[vertex].IsLive ? views.Alarm(vertex, null) : null;
        if (transition.To == AlarmState.Alarm)
        {
            Raise(transition, name, before);
        }
        else
        {
            Clear(transition, name, vertex, before);
        }

        journal.Alarm(transition, name);
    }

    /// <summary>Remembers what an alarm's rule and resource stand for in the graph.</summary>
    public void Remember(string alarmId, VertexName name) => _names[alarmId] = name;

    /// <summary>Ends a line that has settled, while what it cleared still has its vertices.</summary>
    public void Told()
    {
        foreach (var (kind, vertex, what) in _raised)
        {
            recorder.Measured(kind, vertex, views.Alarm(vertex, null), what);
        }

        _raised.Clear();
        recorder.Deduced.ForEach(journal.Deduced);
    }

    private void Raise(AlarmTransition transition, VertexName name, AlarmView? before)
    {
        _report.Clear();
        _report.Entity = name;
        _report.AtTicks = transition.At.UtcTicks;
        (_report.HasName, _report.Name) = (true, transition.Rule);
        (_report.HasSaid, _report.Said) = (true, transition.Severity);
        foreach (var (label, value) in transition.Labels)
        {
            _report.Others.Add(KeyValuePair.Create<int, object?>(reasoner.Graph.Properties.Of(label), value));
        }

        var vertex = reasoner.Intake.UpsertAlarm(_report);
        if (vertex < 0)
        {
            Late++;
            return;
        }

        transitions[vertex] = transition;
        journal.Touch(reasoner.Graph.Vertices[vertex].Resource);
        var now = views.Alarm(vertex, null);
        if (before is null)
        {
            _raised.Add((RcaChangeKind.AlarmRaised, vertex, "raised"));
        }
        else if (before.Severity != now.Severity)
        {
            _raised.Add((RcaChangeKind.SeverityChanged, vertex, $"now {now.Severity}, was {before.Severity}"));
        }
    }

    private void Clear(AlarmTransition transition, VertexName name, int vertex, AlarmView? before)
    {
        if (vertex < 0)
        {
            return;
        }

        if (before is not null && transition.At.UtcTicks >= reasoner.Graph.Vertices[vertex].AtTicks)
        {
            recorder.Measured(
                RcaChangeKind.AlarmCleared,
                vertex,
                before with { State = transition.To.Word(), Since = transition.At, Reason = transition.Reason },
                "cleared");
        }

        if (reasoner.Intake.Delete(name, transition.At.UtcTicks) || before is null)
        {
            transitions[vertex] = transition;
        }
    }

    private VertexName NameOf(AlarmTransition transition)
    {
        if (!_names.TryGetValue(transition.AlarmId, out var name))
        {
            var resource = ResourceOf(transition);
            name = new VertexName(
                reasoner.Graph.Kinds.Of(Kinds.Alarm, transition.Monitor), IdentityOf(transition), resource.Kind,
                resource.Id);
            _names.Add(transition.AlarmId, name);
        }

        return name;
    }

    /// <summary>
    /// Several series of one resource, such as its mounts, have an alarm each; all bear the rule's name.
    /// </summary>
    private static string IdentityOf(AlarmTransition transition) =>
        transition.Dimensions.Count == 0 ? transition.Rule : $"{transition.Rule} {{{transition.Dimensions}}}";

    private VertexName ResourceOf(AlarmTransition transition)
    {
        var kinds = reasoner.Graph.Kinds;
        if (transition.ResourceType is { Length: > 0 } type)
        {
            return new VertexName(kinds.Of(Kinds.Resource, type), transition.ResourceId);
        }

        for (var kind = 0; kind < kinds.Count; kind++)
        {
            if (!kinds[kind].IsAlarm && reasoner.Graph.Resources.Find(kind, transition.ResourceId) is >= 0 and var found
                && reasoner.Graph.Vertices[found].IsLive)
            {
                return new VertexName(kind, transition.ResourceId);
            }
        }

        var made = new VertexName(kinds.Of(Kinds.Resource, UnknownResourceType), transition.ResourceId);
        _report.Clear();
        _report.Entity = made;
        _report.AtTicks = transition.At.UtcTicks;
        (_report.HasName, _report.Name) = (transition.ResourceName is not null, transition.ResourceName);
        journal.Touch(reasoner.Intake.Upsert(_report));
        return made;
    }

    private void Fill(Observation observation, VertexName name)
    {
        var graph = reasoner.Graph;
        _report.Clear();
        _report.Entity = name;
        _report.AtTicks = observation.At.UtcTicks;
        (_report.HasName, _report.Name) = (observation.Name is not null, observation.Name);
        (_report.HasSaid, _report.Said) = (observation.State is not null, observation.State);
        foreach (var (property, value) in observation.Properties)
        {
            _report.Others.Add(KeyValuePair.Create(graph.Properties.Of(property), value));
        }

        foreach (var relation in observation.Relations)
        {
            _report.Relations.Add(new ReportedRelation(
                graph.Labels.Of(relation.Label), relation.Direction == RelationDirection.Out,
                Name(relation.Neighbour)));
        }

        foreach (var kind in observation.Complete)
        {
            _report.Complete.Add(new CompleteRelation(
                graph.Labels.Of(kind.Label), kind.Direction == RelationDirection.Out,
                graph.Kinds.Of(Kinds.Resource, kind.NeighbourType)));
        }
    }

    private void Unrelate(VertexName name, ObservedRelation relation)
    {
        var label = reasoner.Graph.Labels.Of(relation.Label);
        var other = Name(relation.Neighbour);
        var outward = relation.Direction == RelationDirection.Out;
        journal.Touch(reasoner.Intake.Find(other));
        reasoner.Intake.Unrelate(outward ? name : other, label, outward ? other : name);
    }

    private VertexName Name(EntityRef entity) => new(reasoner.Graph.Kinds.Of(Kinds.Resource, entity.Type), entity.Id);
}
