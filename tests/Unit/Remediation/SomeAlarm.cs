using Ops.Model;
using Ops.Remediation.Notifications;

namespace Ops.Unit.Remediation;

/// <summary>Alarms and notifications for tests.</summary>
internal static class SomeAlarm
{
    public static readonly DateTimeOffset At = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static AlarmView Gone => new()
    {
        Id = "a1",
        Name = "service gone",
        Severity = "CRITICAL",
        State = "alarm",
        Resource = new ResourceView("service", "h1/service/db", "db"),
        Since = At,
        Reason = "machine.service.up 0 < 1",
    };

    public static AlarmView Lost => Gone with
    {
        Id = "a2",
        Name = "dependency lost",
        Type = "vitrage",
        Deduced = true,
        Severity = "WARNING",
        Resource = new ResourceView("service", "h1/service/web", null),
        Reason = "db is gone; web connects to it",
        Because = [new BecauseView("service_gone", 0)],
        Causes = ["a1"],
    };

    public static AlarmNotification Raised(string eventId = "e1", AlarmView? alarm = null) => new()
    {
        EventId = eventId,
        Alarm = alarm ?? Lost,
        From = AlarmState.Ok,
        To = AlarmState.Alarm,
        At = At,
        Causes = [Gone],
        AffectedResources = 1,
        Links = new Dictionary<string, string> { ["why"] = "http://ops/why/a2", ["runbook"] = "http://ops/run" },
    };

    public static AlarmNotification Cleared(string eventId = "e2") => Raised(eventId) with
    {
        From = AlarmState.Alarm,
        To = AlarmState.Ok,
        At = At.AddMinutes(5),
        Alarm = Lost with { State = "ok", Since = At.AddMinutes(5) },
        Causes = [],
        Impact = [Gone],
        AffectedResources = 3,
    };
}
