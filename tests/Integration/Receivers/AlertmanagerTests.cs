using System.Net.Http.Json;
using Ops.Collectors.Hooks;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Server.Config;

namespace Ops.Integration.Receivers;

/// <summary>A real Alertmanager posts to a hook.</summary>
public sealed class AlertmanagerTests
{
    [Fact]
    public async Task An_alert_fires_and_is_resolved()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "etc", "datasources", "hooks", "alertmanager.yaml");
        var faults = new ConfigFaults();
        var hook = HookConfigReader.Read(YamlReader.ReadFile(path, faults)!, "alertmanager", faults);
        Assert.Empty(faults.All);
        await using var server = new ReceiverServer([hook!]);
        await server.StartAsync();
        var port = LoopbackPort.Free();
        await using var alertmanager = ToolProcess.Start(
            "/usr/bin/prometheus-alertmanager",
            $$"""
            route: {receiver: ops, group_by: [alertname], group_wait: 100ms, group_interval: 1s, repeat_interval: 1h}
            receivers:
              - name: ops
                webhook_configs: [{url: "{{server.Url}}/hooks/alertmanager", send_resolved: true}]
            """,
            "--config.file=@DIR@/config", "--storage.path=@DIR@/data", $"--web.listen-address=127.0.0.1:{port}",
            "--cluster.listen-address=");
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await ServerProcess.WaitAsync("Alertmanager to be ready", TimeSpan.FromSeconds(30), async () =>
            (await http.GetAsync("/-/ready")).IsSuccessStatusCode);

        var began = DateTimeOffset.UtcNow.AddSeconds(-30);
        await PostAsync(http, began, null);
        await alertmanager.UntilAsync("the alert to fire", () => !server.Alarms.IsEmpty);
        var fired = Assert.Single(server.Alarms);
        Assert.Equal(
            ("prometheus", "HostDown", "machine", "web1", "CRITICAL", "web1 is gone", AlarmState.Alarm),
            (fired.Monitor, fired.Rule, fired.ResourceType, fired.ResourceId, fired.Severity, fired.Reason, fired.To));
        Assert.InRange(fired.At - began, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));

        await PostAsync(http, began, DateTimeOffset.UtcNow);
        await alertmanager.UntilAsync("the alert to be resolved", () => server.Alarms.Count == 2);
        var resolved = server.Alarms.Last();
        Assert.Equal((fired.AlarmId, AlarmState.Ok), (resolved.AlarmId, resolved.To));
        Assert.Equal(
            "1 hooks, 2 posts, 2 alerts, events and values taken, 0 refused, 0 alarms firing",
            server.Hooks.Status().Detail);
    }

    private static async Task PostAsync(HttpClient http, DateTimeOffset from, DateTimeOffset? to)
    {
        using var answer = await http.PostAsJsonAsync("/api/v2/alerts", new[]
        {
            new
            {
                labels = new { alertname = "HostDown", instance = "web1:9100", severity = "critical" },
                annotations = new { summary = "web1 is gone" },
                startsAt = from,
                endsAt = to ?? DateTimeOffset.UtcNow.AddMinutes(5),
            },
        });
        answer.EnsureSuccessStatusCode();
    }
}
