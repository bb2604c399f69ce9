using System.Net;
using Ops.Collectors.Collectd;
using Ops.Collectors.Hooks;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Receivers;

/// <summary>A real collectd sends its readings plain, signed and encrypted, and as JSON.</summary>
public sealed class CollectdTests
{
    private static readonly Dictionary<string, string> Users = new() { ["ann"] = "secret" };

    [Fact]
    public async Task Readings_come_in_every_way_that_collectd_sends_them()
    {
        await using var server = new ReceiverServer([new HookConfig("collectd", HookFormat.Collectd, null, [])]);
        await server.StartAsync();
        var collectors = new[] { CollectdSecurity.None, CollectdSecurity.Sign, CollectdSecurity.Encrypt }
            .Select(security => new CollectdCollector(
                new CollectdOptions
                {
                    Listen = new IPEndPoint(IPAddress.Loopback, LoopbackPort.Free()),
                    Security = security,
                    Users = Users,
                }, server.Outlets)).ToArray();
        using var stop = new CancellationTokenSource();
        var runs = collectors.Select(collector => collector.RunAsync(stop.Token)).ToArray();
        await ServerProcess.WaitAsync("the collectors to listen", TimeSpan.FromSeconds(10),
            () => Task.FromResult(collectors.All(collector => collector.Port > 0)));
        await using var collectd = ToolProcess.Start(
            "/usr/sbin/collectd", Configuration(server, collectors.Select(collector => collector.Port).ToArray()), "-f",
            "-C", "@DIR@/config");
        foreach (var collector in collectors)
        {
            await collectd.UntilAsync(
                $"values at {collector.Status().Detail}",
                () => !collector.Status().Detail.Contains(" 0 values taken", StringComparison.Ordinal));
            Assert.Contains(", 0 packets refused", collector.Status().Detail);
        }

        await collectd.UntilAsync("a post of write_http", () => Samples(server).Any(one => one.Series.Meter
            == "collectd.load.midterm" && one.TimestampNs % 1_000_000 == 0));
        var load = Samples(server).First(one => one.Series.Meter == "collectd.load.shortterm");
        Assert.Equal(("node-1", MeterKind.Gauge), (load.Series.ResourceId, load.Context.Kind));
        Assert.InRange(load.Volume, 0, 10_000);
        Assert.InRange(
            Timestamps.FromUnixNs(load.TimestampNs), DateTimeOffset.UtcNow.AddMinutes(-1),
            DateTimeOffset.UtcNow.AddSeconds(1));
        await stop.CancelAsync();
        await Task.WhenAll(runs.Select(run => Assert.ThrowsAnyAsync<OperationCanceledException>(() => run)));
    }

    private static IEnumerable<Sample> Samples(ReceiverServer server) => server.Samples;

    private static string Configuration(ReceiverServer server, int[] ports) => $"""
        Hostname "node-1"
        Interval 1
        BaseDir "@DIR@"
        PIDFile "@DIR@/pid"
        PluginDir "/usr/lib/collectd"
        TypesDB "/usr/share/collectd/types.db"
        LoadPlugin load
        LoadPlugin network
        LoadPlugin write_http
        <Plugin network>
          <Server "127.0.0.1" "{ports[0]}">
          </Server>
          <Server "127.0.0.1" "{ports[1]}">
            SecurityLevel Sign
            Username "ann"
            Password "secret"
          </Server>
          <Server "127.0.0.1" "{ports[2]}">
            SecurityLevel Encrypt
            Username "ann"
            Password "secret"
          </Server>
        </Plugin>
        <Plugin write_http>
          <Node "ops">
            URL "{server.Url}/hooks/collectd"
            Format "JSON"
            BufferSize 1024
          </Node>
        </Plugin>

        """;
}
