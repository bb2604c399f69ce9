using System.Text;
using System.Text.Json;
using Ops.Model;
using Ops.Remediation.Notifications;
using Ops.Remediation.Notifications.Bodies;
using Ops.Remediation.Notifications.Routes;
using Xunit;

namespace Ops.Unit.Remediation;

public sealed class NotificationBodyTests
{
    private static readonly NotifierOptions Options = new() { ExternalUrl = "http://ops:8080", ListedAlarmsMax = 2 };

    [Fact]
    public void Our_own_body_holds_alarm_cause_and_impact()
    {
        const string Lost = """
            {"id":"a2","name":"dependency lost","type":"vitrage","severity":"WARNING","state":"alarm",
            "resource":{"type":"service","id":"h1/service/web","name":null},"deduced":true,
            "since":"2026-01-01T12:00:00Z","reason":"db is gone; web connects to it",
            "because":[{"template":"service_gone","scenario":0}],"causes":["a1"]}
            """;
        const string Gone = """
            {"id":"a1","name":"service gone","type":"ops","severity":"CRITICAL","state":"alarm",
            "resource":{"type":"service","id":"h1/service/db","name":"db"},"deduced":false,
            "since":"2026-01-01T12:00:00Z","reason":"machine.service.up 0 < 1","because":[],"causes":[]}
            """;
        var expected = $$$"""
            {"id":"e1","event":"alarm.raised","at":"2026-01-01T12:00:00Z","alarm":{{{Lost}}},"from":"ok","to":"alarm",
            "causes":[{{{Gone}}}],"impact":{"alarms":[],"resources":1},
            "links":{"why":"http://ops/why/a2","runbook":"http://ops/run"}}
            """;

        Assert.Equal(
            expected.ReplaceLineEndings("").Replace("\n", "", StringComparison.Ordinal),
            Render(SomeAlarm.Raised(), BodyFormat.Ops));
    }

    [Fact]
    public void A_cloud_event_wraps_our_own_body()
    {
        using var body = JsonDocument.Parse(Render(SomeAlarm.Cleared(), BodyFormat.CloudEvents));
        var root = body.RootElement;

        Assert.Equal(
            "1.0 e2 http://ops:8080 ops.alarm.cleared service/h1/service/web 2026-01-01T12:05:00Z application/json",
            string.Join(' ', new[] { "specversion", "id", "source", "type", "subject", "time", "datacontenttype" }
                .Select(name => root.GetProperty(name).GetString())));
        Assert.Equal(3, root.GetProperty("data").GetProperty("impact").GetProperty("resources").GetInt32());
        Assert.Equal("application/cloudevents+json", NotificationBody.ContentType(BodyFormat.CloudEvents));
    }

    [Fact]
    public void Alertmanager_receivers_get_their_version_four()
    {
        using var body = JsonDocument.Parse(Render(SomeAlarm.Raised(), BodyFormat.Alertmanager));
        var root = body.RootElement;
        var alert = Assert.Single(root.GetProperty("alerts").EnumerateArray());

        Assert.Equal("4", root.GetProperty("version").GetString());
        Assert.Equal("firing", root.GetProperty("status").GetString());
        Assert.Equal("duty", root.GetProperty("receiver").GetString());
        Assert.Equal("dependency lost", alert.GetProperty("labels").GetProperty("alertname").GetString());
        Assert.Equal("warning", alert.GetProperty("labels").GetProperty("severity").GetString());
        Assert.Equal("service gone on db", alert.GetProperty("annotations").GetProperty("root_cause").GetString());
        Assert.Equal("2026-01-01T12:00:00Z", alert.GetProperty("startsAt").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", alert.GetProperty("endsAt").GetString());
        Assert.Equal("http://ops/why/a2", alert.GetProperty("generatorURL").GetString());
    }

    [Fact]
    public void A_cleared_alert_is_resolved_and_keeps_its_fingerprint()
    {
        using var raised = JsonDocument.Parse(Render(SomeAlarm.Raised(), BodyFormat.Alertmanager));
        using var cleared = JsonDocument.Parse(Render(SomeAlarm.Cleared(), BodyFormat.Alertmanager));
        var before = raised.RootElement.GetProperty("alerts")[0];
        var after = cleared.RootElement.GetProperty("alerts")[0];

        Assert.Equal("resolved", after.GetProperty("status").GetString());
        Assert.Equal("2026-01-01T12:05:00Z", after.GetProperty("endsAt").GetString());
        Assert.Equal(before.GetProperty("fingerprint").GetString(), after.GetProperty("fingerprint").GetString());
    }

    [Fact]
    public void Long_lists_are_cut_and_the_count_stays()
    {
        var notification = SomeAlarm.Raised() with
        {
            Impact = [.. Enumerable.Repeat(SomeAlarm.Gone, 50)], AffectedResources = 50,
        };
        using var body = JsonDocument.Parse(Render(notification, BodyFormat.Ops));
        var impact = body.RootElement.GetProperty("impact");

        Assert.Equal(2, impact.GetProperty("alarms").GetArrayLength());
        Assert.Equal(50, impact.GetProperty("resources").GetInt32());
    }

    [Theory]
    [InlineData(AlarmState.Ok, AlarmState.Alarm, "alarm.raised")]
    [InlineData(AlarmState.InsufficientData, AlarmState.Alarm, "alarm.raised")]
    [InlineData(AlarmState.Alarm, AlarmState.Ok, "alarm.cleared")]
    [InlineData(AlarmState.Alarm, AlarmState.InsufficientData, "alarm.cleared")]
    [InlineData(AlarmState.Alarm, AlarmState.Alarm, "alarm.changed")]
    [InlineData(AlarmState.Ok, AlarmState.InsufficientData, null)]
    public void The_event_follows_from_the_states(AlarmState from, AlarmState to, string? name) =>
        Assert.Equal(name, (SomeAlarm.Raised() with { From = from, To = to }).Event);

    private static string Render(AlarmNotification notification, BodyFormat format) => Encoding.UTF8.GetString(
        NotificationBody.Render(
            notification,
            new NotificationRoute { Name = "duty", Url = new Uri("http://h/"), Format = format },
            Options));
}
