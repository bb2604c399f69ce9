using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Ops.Collectors.Hooks;
using Ops.Model;
using Ops.Unit.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Hooks;

public sealed class HookTests
{
    private const string Alerts = """
        {"version":"4","status":"firing","receiver":"ops","alerts":[
          {"status":"firing",
           "labels":{"alertname":"HostDown","instance":"web1:9100","job":"node","severity":"critical"},
           "annotations":{"summary":"web1 is down","runbook_url":"http://r"},"startsAt":"2026-03-01T11:59:00Z",
           "endsAt":"0001-01-01T00:00:00Z","fingerprint":"ab"},
          {"status":"firing","labels":{"alertname":"DiskFull","instance":"web1:9100","mount":"/var","job":"node"},
           "annotations":{},"startsAt":"2026-03-01T11:58:00.5Z"}]}
        """;

    private readonly SomeOutlets _outlets = new();

    [Fact]
    public async Task Alerts_of_Alertmanager_become_alarms_of_the_resources_that_rules_name()
    {
        var result = await TakeAsync(Alerts, """
            format: alertmanager
            alerts:
              - match: {job: db*}
                resource: {type: database, id: "{instance}"}
              - match: {job: node}
                resource: {type: machine, id: "{instance|host}", name: "Server {instance|host}"}
            """);
        Assert.Equal(new HookResult(200, 2, 0, null), result);
        var first = _outlets.Alarms[0];
        Assert.Equal(
            ("prometheus", "HostDown", "web1", "machine", "Server web1", "CRITICAL", "web1 is down", "http://r"),
            (first.Monitor, first.Rule, first.ResourceId, first.ResourceType, first.ResourceName, first.Severity,
                first.Reason, first.Runbook));
        Assert.Equal((AlarmState.Ok, AlarmState.Alarm), (first.From, first.To));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 11, 59, 0, TimeSpan.Zero), first.At);
        Assert.Equal("job=node", first.Dimensions.ToString());
        Assert.Equal("web1:9100", first.Labels["instance"]);
        var second = _outlets.Alarms[1];
        Assert.Equal(("WARNING", "job=node,mount=/var"), (second.Severity, second.Dimensions.ToString()));
        Assert.Equal("DiskFull is firing", second.Reason);
    }

    [Fact]
    public async Task What_is_told_again_passes_once_and_resolved_clears()
    {
        var receiver = Receiver("format: alertmanager");
        await PostAsync(receiver, Alerts);
        await PostAsync(receiver, Alerts);
        Assert.Equal(2, _outlets.Alarms.Count);
        var resolved = Alerts.Replace("{\"status\":\"firing\"", "{\"status\":\"resolved\"",
            StringComparison.Ordinal).Replace("0001-01-01T00:00:00Z", "2026-03-01T12:00:00Z", StringComparison.Ordinal);
        var result = await PostAsync(receiver, resolved);
        Assert.Equal(2, result.Accepted);
        Assert.Equal(4, _outlets.Alarms.Count);
        Assert.Equal(("OK", AlarmState.Ok), (_outlets.Alarms[2].Severity, _outlets.Alarms[2].To));
        Assert.Equal(_outlets.Alarms[0].AlarmId, _outlets.Alarms[2].AlarmId);
        Assert.NotEqual(_outlets.Alarms[0].AlarmId, _outlets.Alarms[1].AlarmId);
    }

    [Fact]
    public async Task Mapping_files_of_Vitrage_are_read()
    {
        var result = await TakeAsync(Alerts, """
            format: alertmanager
            alerts:
              - key: {alertname: HostDown}
                resource: {type: nova.host, name: instance}
            """);
        Assert.Equal(2, result.Accepted);
        Assert.Equal(("nova.host", "web1"), (_outlets.Alarms[0].ResourceType, _outlets.Alarms[0].ResourceId));
        Assert.Equal((null, "web1"), (_outlets.Alarms[1].ResourceType, _outlets.Alarms[1].ResourceId));
    }

    [Fact]
    public async Task An_alert_that_is_about_nothing_is_refused_beside_others()
    {
        var result = await TakeAsync("""
            {"alerts":[{"status":"firing","labels":{"alertname":"Watchdog"}},
                       {"status":"firing","labels":{"alertname":"A","host":"h"}}, 5]}
            """, "{hook: am, format: alertmanager}");
        Assert.Equal((200, 1, 2), (result.Status, result.Accepted, result.Refused));
        Assert.Equal(
            "nothing says which resource alert 'Watchdog' is about; add an entry to 'alerts' of hook 'am'; what came "
            + "is no alert as alertmanager sends it",
            result.Message);
    }

    [Fact]
    public async Task Zabbix_tells_of_problems_and_their_ends()
    {
        var receiver = Receiver("""
            format: zabbix
            alerts: [{resource: {type: nova.host, id: "{host|lower}"}}]
            """);
        const string problem = """
            {"event_id":"17","event_name":"High CPU on Node1","trigger_id":"99","trigger_name":"High CPU","value":"1",
             "severity":"Average","host":"Node1","ip":"10.0.0.1","event_time":"1772366340","recovery_time":"{X}"}
            """;
        await PostAsync(receiver, problem);
        await PostAsync(receiver, problem.Replace("\"value\":\"1\"", "\"value\":\"0\"", StringComparison.Ordinal)
            .Replace("{X}", "1772366400", StringComparison.Ordinal));
        Assert.Equal(
            [
                "zabbix High CPU nova.host node1 AVERAGE Alarm 2026-03-01T11:59:00Z High CPU on Node1",
                "zabbix High CPU nova.host node1 OK Ok 2026-03-01T12:00:00Z High CPU on Node1",
            ],
            _outlets.Alarms.Select(Told));
    }

    [Fact]
    public async Task Nagios_tells_of_services_and_hosts()
    {
        var receiver = Receiver("format: nagios\nalerts: [{resource: {type: nova.host, id: '{host}'}}]");
        await PostAsync(receiver, """
            {"host":"n1","service":"HTTP","state":"CRITICAL","state_type":"HARD","output":"no route",
             "time":"1772366340"}
            """);
        await PostAsync(receiver, """
            {"host":"n1","service":"HTTP","state":"WARNING","state_type":"SOFT","output":"slow","time":"1772366341"}
            """);
        await PostAsync(receiver, """
            {"host":"n1","service":"$SERVICEDESC$","state":"DOWN","output":"gone","time":1772366342}
            """);
        await PostAsync(
            receiver, """{"host":"n1","service":"HTTP","state":"OK","output":"fine","time":"1772366343"}""");
        Assert.Equal(
            [
                "nagios HTTP nova.host n1 CRITICAL Alarm 2026-03-01T11:59:00Z no route",
                "nagios host nova.host n1 DOWN Alarm 2026-03-01T11:59:02Z gone",
                "nagios HTTP nova.host n1 OK Ok 2026-03-01T11:59:03Z fine",
            ],
            _outlets.Alarms.Select(Told));
    }

    [Fact]
    public async Task A_time_in_the_future_is_now()
    {
        await TakeAsync("""{"host":"n1","state":"DOWN","output":"gone","time":"1900000000"}""", "format: nagios");
        Assert.Equal(SomeOutlets.Now, Assert.Single(_outlets.Alarms).At);
    }

    [Fact]
    public async Task A_secret_asks_for_a_signature()
    {
        var receiver = Receiver("{format: nagios, secret: s3cret}");
        const string body = """{"host":"n1","state":"DOWN"}""";
        var signature = "sha256=" + Convert.ToHexStringLower(
            HMACSHA256.HashData("s3cret"u8.ToArray(), Encoding.UTF8.GetBytes(body)));
        Assert.Equal(401, (await PostAsync(receiver, body)).Status);
        Assert.Equal(401, (await PostAsync(receiver, body, ("x-ops-signature", "sha256=00"))).Status);
        Assert.Equal(401, (await PostAsync(receiver, body + " ", ("x-ops-signature", signature))).Status);
        Assert.Empty(_outlets.Alarms);
        Assert.Equal(200, (await PostAsync(receiver, body, ("x-ops-signature", signature))).Status);
        Assert.Equal(200, (await PostAsync(receiver, body, ("x-hub-signature-256", signature))).Status);
    }

    [Fact]
    public async Task An_unknown_hook_and_no_JSON_are_told()
    {
        var receiver = Receiver("{hook: alertmanager, format: alertmanager}");
        var result = await receiver.TakeAsync(
            new HookRequest("alertmanger", null, new Dictionary<string, string>(), default), default);
        Assert.Equal(
            new HookResult(404, 0, 0, "there is no hook 'alertmanger'; a file of datasources/hooks makes one. Did you "
                + "mean 'alertmanager'?"),
            result);
        result = await receiver.TakeAsync(
            new HookRequest("alertmanager", null, new Dictionary<string, string>(), "{"u8.ToArray()), default);
        Assert.Equal(400, result.Status);
        Assert.StartsWith("the body is not JSON: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_of_collectd_become_samples()
    {
        var result = await TakeAsync("""
            [{"values":[1,null],"dstypes":["derive","derive"],"dsnames":["rx","tx"],"time":1700000000.123,
              "interval":10,"host":"h","plugin":"interface","plugin_instance":"eth0","type":"if_octets",
              "type_instance":""},
             {"values":[1],"dstypes":["odd"],"type":"x"}, 7]
            """, "format: collectd");
        Assert.Equal((200, 1, 2), (result.Status, result.Accepted, result.Refused));
        Assert.Equal(
            "collectd.interface.if_octets.rx h {plugin_instance=eth0} cumulative  1", Assert.Single(_outlets.Lines));
        Assert.Equal(1_700_000_000_123_000_000, _outlets.Sink.Samples[0].TimestampNs);
    }

    [Fact]
    public void Any_JSON_is_taken_or_refused()
    {
        string[] words =
        [
            "{", "}", "[", "]", ",", ":", "\"alerts\"", "\"labels\"", "\"status\"", "\"firing\"", "\"alertname\"",
            "\"host\"", "\"state\"", "\"DOWN\"", "\"value\"", "\"values\"", "\"dstypes\"", "\"gauge\"", "\"type\"", "1",
            "1e999", "null", "\"\\ud800\"",
            "\"specversion\"", "\"1.0\"", "\"id\"", "\"source\"", "\"time\"", "\"data\"",
        ];
        var formats = Enum.GetNames<HookFormat>().Select(name => name.ToLowerInvariant()).ToArray();
        Gen.Select(Gen.Int[0, words.Length - 1].Array[0, 30], Gen.Int[0, formats.Length - 1]).Sample((parts, format) =>
        {
            var receiver = Receiver($"format: {formats[format]}");
            var body = string.Concat(parts.Select(part => words[part]));
            var result = PostAsync(receiver, body, "application/cloudevents+json").Result;
            Assert.True(result.Status is 200 or 400);
        }, iter: 5_000);
    }

    private static string Told(AlarmTransition one) =>
        $"{one.Monitor} {one.Rule} {one.ResourceType} {one.ResourceId} {one.Severity} {one.To} {one.At.ToIso()} "
        + one.Reason;

    private HookReceiver Receiver(string yaml)
    {
        var hook = SomeConfig.Read(
            yaml, (root, faults) => HookConfigReader.Read(root, "hook", faults), out var wrong);
        Assert.Empty(wrong);
        return new HookReceiver([hook!], _outlets.Outlets);
    }

    private Task<HookResult> TakeAsync(string body, string yaml) =>
        PostAsync(Receiver(yaml), body, yaml.Contains("hook: am", StringComparison.Ordinal) ? "am" : "hook", "");

    private static Task<HookResult> PostAsync(HookReceiver receiver, string body, string type) =>
        PostAsync(receiver, body, "hook", type);

    private static Task<HookResult> PostAsync(
        HookReceiver receiver, string body, params (string Name, string Value)[] headers) =>
        PostAsync(receiver, body, "hook", "application/json", headers);

    private static Task<HookResult> PostAsync(
        HookReceiver receiver, string body, string hook, string type, params (string Name, string Value)[] headers) =>
        receiver.TakeAsync(
            new HookRequest(
                hook, type, headers.ToDictionary(one => one.Name, one => one.Value), Encoding.UTF8.GetBytes(body)),
            default);
}
