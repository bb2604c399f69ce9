using Ops.Model;

namespace Ops.Remediation.Notifications;

/// <summary>An alarm, measured or deduced, changed: what receivers are told.</summary>
public sealed record AlarmNotification
{
    /// <summary>
    /// The event's id. The same event given twice is one delivery a route, while the first is still waiting.
    /// </summary>
    public required string EventId { get; init; }

    /// <summary>The alarm as it is now.</summary>
    public required AlarmView Alarm { get; init; }

    /// <summary>The state before.</summary>
    public required AlarmState From { get; init; }

    /// <summary>The state now.</summary>
    public required AlarmState To { get; init; }

    /// <summary>When it changed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The alarms that cause it, root causes first.</summary>
    public IReadOnlyList<AlarmView> Causes { get; init; } = [];

    /// <summary>The alarms that it causes, directly and further.</summary>
    public IReadOnlyList<AlarmView> Impact { get; init; } = [];

    /// <summary>How many entities suffer from it.</summary>
    public int AffectedResources { get; init; }

    /// <summary>Addresses for people, by name, such as <c>console</c>, <c>why</c> and <c>runbook</c>.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// <c>alarm.raised</c>, <c>alarm.cleared</c> or <c>alarm.changed</c> (still there, its severity or causes changed);
    /// null between ok and insufficient data, which nobody is told.
    /// </summary>
    public string? Event => (From == AlarmState.Alarm, To == AlarmState.Alarm) switch
    {
        (false, true) => "alarm.raised",
        (true, false) => "alarm.cleared",
        (true, true) => "alarm.changed",
        _ => null,
    };
}
