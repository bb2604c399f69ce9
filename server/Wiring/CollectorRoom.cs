using Ops.Collectors;
using Ops.Collectors.Collectd;
using Ops.Collectors.Hooks;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.Rabbit;
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
        var pollsters = new Pollsters(options, start.Datasources, For("polling"));
        var known = pollsters.With(start.Datasources, start.SnmpMeters);
        var polling = new PollingAgent(
            options.Polling, start.Polling, known.Pollsters, known.Discoveries, For("polling"));
        var conversion = Conversion(start.Options);
        var events = new EventConsumer(start.EventDefinitions, conversion, For("notifications"));
        var meters = new MeterConsumer(start.MeterDefinitions, conversion, For("notifications"));
        return new CollectorSet
        {
            Polling = polling,
            Pollsters = pollsters,
            EventConsumer = events,
            MeterConsumer = meters,
            Otlp = new OtlpReceiver(options.Otlp, For("otlp")),
            RemoteWrite = new RemoteWriteReceiver(For("remote write")),
            Hooks = new HookReceiver(start.Hooks, For("hooks")),
            Running =
            [
                polling,
                .. Agents(options, pollsters, [events, meters, pollsters], For),
                .. Listeners(options, For),
            ],
        };
    }

    /// <summary>One secret signs what goes out and verifies what comes in, unless the section has its own.</summary>
    private static NotificationConversion Conversion(OpsOptions options)
    {
        var conversion = options.Collectors.Notifications?.Conversion ?? new NotificationConversion();
        return conversion.Secret.Length > 0 ? conversion : conversion with { Secret = options.TelemetrySecret };
    }

    private static IEnumerable<ICollector> Agents(
        CollectorOptions options, Pollsters pollsters, IReadOnlyList<INotificationConsumer> consumers,
        Func<string, CollectorOutlets> outlets)
    {
        if (options.Notifications is { Urls.Count: > 0 } notifications)
        {
            yield return new NotificationCollector(notifications, consumers, outlets("notifications"));
        }

        if (options.SnmpTraps is { } traps)
        {
            yield return new SnmpTrapCollector(traps, outlets("snmp traps"), pollsters.Inventory);
        }

        if (pollsters.Libvirt is { } libvirt)
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
    }

    private static IEnumerable<ICollector> Listeners(CollectorOptions options, Func<string, CollectorOutlets> outlets)
    {
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
