using Ops.Model;
using Ops.Rca.Live;
using Ops.Remediation.Notifications;
using Ops.Storage.History;

namespace Ops.Server.Wiring;

/// <summary>Tells webhooks, live listeners and the history of alarms what happened in the entity graph.</summary>
internal sealed class Announcer(WebhookNotifier notifier, LiveHub live, AlarmHistory history, string externalUrl)
{
    public void Tell(IReadOnlyList<RcaChange> changes)
    {
        notifier.Enqueue([.. changes.Select(Notification).OfType<AlarmNotification>()]);
        history.Record(changes.Where(change => change.Alarm is not null).Select(change =>
            new AlarmMoment(change.Alarm!, change.At, change.Kind == RcaChangeKind.AlarmCleared)));
        foreach (var change in changes)
        {
            var kind = change.Alarm is null ? "entity" : "alarm";
            live.Publish(new LiveEvent(kind, change.At, change.Text, change.Alarm));
        }
    }

    private AlarmNotification? Notification(RcaChange change) => change is { Alarm: { } alarm } ? new AlarmNotification
    {
        EventId = $"{alarm.Id}:{change.Kind}:{change.At.UtcTicks}",
        Alarm = alarm,
        From = change.Kind == RcaChangeKind.AlarmRaised ? AlarmState.Ok : AlarmState.Alarm,
        To = change.Kind == RcaChangeKind.AlarmCleared ? AlarmState.Ok : AlarmState.Alarm,
        At = change.At,
        Causes = change.RootCauses,
        Impact = change.Impact,
        AffectedResources = change.Impact.Select(effect => effect.Resource).Distinct().Count(),
        Links = new Dictionary<string, string>
        {
            ["console"] = $"{externalUrl}/alarms",
            ["why"] = $"{externalUrl}/api/v1/alarms/{Uri.EscapeDataString(alarm.Id)}/why",
        },
    } : null;
}
