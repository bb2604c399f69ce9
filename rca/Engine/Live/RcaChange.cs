using Ops.Model;

namespace Ops.Rca.Live;

/// <summary>What happened in the entity graph.</summary>
public enum RcaChangeKind
{
    /// <summary>An alarm came, measured or deduced.</summary>
    AlarmRaised,

    /// <summary>An alarm went.</summary>
    AlarmCleared,

    /// <summary>An alarm's severity is another.</summary>
    SeverityChanged,

    /// <summary>A resource's aggregated or operational state is another.</summary>
    StateChanged,

    /// <summary>A resource was marked down, or is no longer.</summary>
    Marked,

    /// <summary>A template asks for a workflow to be run.</summary>
    WorkflowDue,
}

/// <summary>Something that happened, for webhooks, the live stream and remediation.</summary>
public sealed record RcaChange
{
    /// <summary>What.</summary>
    public required RcaChangeKind Kind { get; init; }

    /// <summary>When, by the observation that brought it about.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Text { get; init; }

    /// <summary>The alarm as it is now (as it was, where it was cleared); null where no alarm is meant.</summary>
    public AlarmView? Alarm { get; init; }

    /// <summary>The alarms at the start of the chains of causes that lead to this one.</summary>
    public IReadOnlyList<AlarmView> RootCauses { get; init; } = [];

    /// <summary>The resources of all alarms that this one causes, directly or not.</summary>
    public IReadOnlyList<ResourceView> Impact { get; init; } = [];

    /// <summary>The resource, where its state changed, it was marked, or a workflow is due for it.</summary>
    public EntityView? Entity { get; init; }

    /// <summary>The workflow to run, for <see cref="RcaChangeKind.WorkflowDue"/>.</summary>
    public string? Workflow { get; init; }

    /// <summary>The workflow's input.</summary>
    public IReadOnlyDictionary<string, string?> Input { get; init; } = new Dictionary<string, string?>();
}
