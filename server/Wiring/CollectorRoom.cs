using Ops.Collectors;
using Ops.Collectors.Collectd;
using Ops.Collectors.Hooks;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.RemoteWrite;
using Ops.Collectors.Scrape;
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
        var polling = new PollingAgent(
            options.Polling, start.Polling, Pollsters(options, outlets), Discoveries(), For("polling"));
        return new CollectorSet
        {
            Polling = polling,
            Otlp = new OtlpReceiver(options.Otlp, For("otlp")),
            RemoteWrite = new RemoteWriteReceiver(For("remote write")),
            Hooks = new HookReceiver(start.Hooks, For("hooks")),
            Running = [.. Listeners(options, For).Prepend(polling)],
        };
    }

    private static IEnumerable<ICollector> Listeners(CollectorOptions options, Func<string, CollectorOutlets> outlets)
    {
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

    private static IReadOnlyList<IPollster> Pollsters(CollectorOptions options, CollectorOutlets outlets) =>
        [new PrometheusPollster(options.Scrape ?? new ScrapeOptions(), outlets.Time)];

    private static IReadOnlyList<IDiscovery> Discoveries() => [];
}
