namespace Ops.Model;

/// <summary>A measured alarm changed its state.</summary>
public sealed record AlarmTransition
{
    /// <summary>The alarm: one rule on one resource (or group); stable over restarts.</summary>
    public required string AlarmId { get; init; }

    /// <summary>
    /// Who measured it, which is the alarm's type in the graph: <c>ops</c> for rules of our own, else the monitor that
    /// told of it, such as <c>prometheus</c>, <c>zabbix</c> or <c>nagios</c>.
    /// </summary>
    public string Monitor { get; init; } = "ops";

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The id of the resource that was judged.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The resource's entity type where the samples told it, else null.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The resource's name for people, or null.</summary>
    public string? ResourceName { get; init; }

    /// <summary>What else tells alarms of one rule on one resource apart, such as the mount; usually empty.</summary>
    public Tags Dimensions { get; init; } = Tags.Empty;

    /// <summary>The severity word of the rule, such as <c>WARNING</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>The state before.</summary>
    public required AlarmState From { get; init; }

    /// <summary>The state now.</summary>
    public required AlarmState To { get; init; }

    /// <summary>Why, with the numbers.</summary>
    public required string Reason { get; init; }

    /// <summary>The newest value that was judged, or null.</summary>
    public double? Value { get; init; }

    /// <summary>When it was judged.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The rule's labels.</summary>
    public Tags Labels { get; init; } = Tags.Empty;

    /// <summary>The rule's runbook address, or null.</summary>
    public string? Runbook { get; init; }
}

/// <summary>Takes transitions of measured alarms: the entity graph.</summary>
public interface IAlarmSink
{
    /// <summary>Takes transitions in order.</summary>
    ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken);
}
