using Ops.Collectors;
using Ops.Collectors.Collectd;
using Ops.Collectors.Hooks;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.Ipmi;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.Redis;
using Ops.Collectors.RemoteWrite;
using Ops.Collectors.Scrape;
using Ops.Collectors.Snmp;
using Ops.Collectors.StatsD;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>Builds what polls and listens, as the configuration asks for it.</summary>
internal static class CollectorRoom
{
    public static CollectorSet Build(StartConfiguration start, CollectorOutlets outlets, RoomLog log)
    {
        var options = start.Options.Collectors;
        CollectorOutlets For(string name) => outlets with { Report = log.Of(name) };
        var inventory = new SnmpInventory();
        var libvirt = options.Libvirt is { } asked ? new LibvirtAgent(asked, outlets.Time, log.Of("libvirt")) : null;
        IReadOnlyList<IPollster> pollsters =
        [
            new PrometheusPollster(options.Scrape ?? new ScrapeOptions(), outlets.Time),
            .. SnmpPollsters.All(options.Snmp, start.SnmpMeters, outlets.Time, inventory),
            .. IpmiPollsters.All(options.Ipmi, outlets.Time),
            .. libvirt is null ? [] : LibvirtPollsters.All(libvirt),
        ];
        IReadOnlyList<IDiscovery> discoveries =
        [
            new SnmpDiscovery(options.Snmp),
            new IpmiDiscovery(options.Ipmi),
            .. libvirt is null ? [] : LibvirtPollsters.Discoveries(libvirt),
        ];
        var polling = new PollingAgent(options.Polling, start.Polling, pollsters, discoveries, For("polling"));
        return new CollectorSet
        {
            Polling = polling,
            Otlp = new OtlpReceiver(options.Otlp, For("otlp")),
            RemoteWrite = new RemoteWriteReceiver(For("remote write")),
            Hooks = new HookReceiver(start.Hooks, For("hooks")),
            Running = [polling, .. Listeners(options, inventory, libvirt, For)],
        };
    }

    private static IEnumerable<ICollector> Listeners(
        CollectorOptions options, SnmpInventory inventory, LibvirtAgent? libvirt,
        Func<string, CollectorOutlets> outlets)
    {
        if (options.SnmpTraps is { } traps)
        {
            yield return new SnmpTrapCollector(traps, outlets("snmp traps"), inventory);
        }

        if (libvirt is not null)
        {
            yield return new LibvirtEventCollector(options.Libvirt!, libvirt, outlets("libvirt"));
        }

        if (options.Redis is { } redis)
        {
            yield return new RedisCollector(redis, outlets("redis"));
        }

        if (options.Scrape is { } scrape)
        {
            yield return new ScrapeCollector(scrape, outlets("scrape"));
        }

        if (options.HttpChecks is { } checks)
        {
            yield return new HttpCheckCollector(checks, outlets("http checks"));
        }

        if (options.InfluxUdp is { } udp)
        {
            yield return new InfluxUdpCollector(udp, outlets("influx udp"));
        }

        if (options.Statsd is { } statsd)
        {
            yield return new StatsdCollector(statsd, outlets("statsd"));
        }

        if (options.Collectd is { } collectd)
        {
            yield return new CollectdCollector(collectd, outlets("collectd"));
        }
    }
}
