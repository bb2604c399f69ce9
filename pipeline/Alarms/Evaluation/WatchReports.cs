using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>An alarm as other rooms see it.</summary>
internal static class WatchReports
{
    /// <summary>That the alarm went from a state to the one it is in.</summary>
    public static AlarmTransition Transition(Watch watch, AlarmState from, DateTimeOffset at) => new()
    {
        AlarmId = watch.Identity.Id,
        Rule = watch.Identity.Rule,
        ResourceId = watch.Identity.ResourceId,
        ResourceType = watch.ResourceType,
        ResourceName = watch.ResourceName,
        Dimensions = watch.Identity.Dimensions,
        Severity = watch.Rule.Rule.Severity,
        From = from,
        To = watch.State,
        Reason = watch.Reason,
        Value = watch.Value,
        At = at,
        Labels = watch.Rule.Rule.Labels,
        Runbook = watch.Rule.Rule.Runbook,
    };

    /// <summary>The alarm as it is now.</summary>
    public static AlarmView View(Watch watch) => new()
    {
        Id = watch.Identity.Id,
        Name = watch.Identity.Rule,
        Severity = watch.Rule.Rule.Severity,
        State = watch.State.Word(),
        Resource = new ResourceView(watch.ResourceType ?? "resource", watch.Identity.ResourceId, watch.ResourceName),
        Since = Timestamps.FromUnixNs(watch.SinceNs),
        Reason = watch.Reason,
    };
}
