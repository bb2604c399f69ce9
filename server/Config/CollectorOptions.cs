using Ops.Collectors.Collectd;
using Ops.Collectors.Datasources;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.Ipmi;
using Ops.Collectors.Keystone;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.Rabbit;
using Ops.Collectors.Redis;
using Ops.Collectors.Scrape;
using Ops.Collectors.Snmp;
using Ops.Collectors.StatsD;

namespace Ops.Server.Config;

/// <summary>What polls and listens beside the machine's own collector: one section of <c>ops.yaml</c> each.</summary>
/// <remarks>A part whose section is absent is not started, where its option may be null.</remarks>
public sealed record CollectorOptions
{
    /// <summary><c>polling</c>: how the polling agent works.</summary>
    public PollingOptions Polling { get; init; } = new();

    /// <summary><c>scrape</c>: targets that speak Prometheus' formats.</summary>
    public ScrapeOptions? Scrape { get; init; }

    /// <summary><c>http_checks</c>: web addresses that are checked.</summary>
    public HttpCheckOptions? HttpChecks { get; init; }

    /// <summary><c>otlp</c>: OpenTelemetry.</summary>
    public OtlpOptions Otlp { get; init; } = new();

    /// <summary><c>influx_udp</c>: line protocol over UDP.</summary>
    public InfluxUdpOptions? InfluxUdp { get; init; }

    /// <summary><c>statsd</c>: StatsD.</summary>
    public StatsdOptions? Statsd { get; init; }

    /// <summary><c>collectd</c>: collectd's network protocol.</summary>
    public CollectdOptions? Collectd { get; init; }

    /// <summary><c>clouds</c>: OpenStack clouds, in the form of <c>clouds.yaml</c>.</summary>
    public IReadOnlyList<CloudOptions> Clouds { get; init; } = [];

    /// <summary><c>notifications</c>: the notifications of OpenStack over RabbitMQ.</summary>
    public RabbitNotificationOptions? Notifications { get; init; }

    /// <summary><c>datasources</c>: what files of datasources may do.</summary>
    public DatasourceOptions Datasources { get; init; } = new();

    /// <summary><c>snmp</c>: how SNMP agents are asked.</summary>
    public SnmpOptions Snmp { get; init; } = new();

    /// <summary><c>snmp_traps</c>: traps.</summary>
    public SnmpTrapOptions? SnmpTraps { get; init; }

    /// <summary><c>ipmi</c>: how management controllers are asked.</summary>
    public IpmiOptions Ipmi { get; init; } = new();

    /// <summary><c>libvirt</c>: the instances of this machine.</summary>
    public LibvirtOptions? Libvirt { get; init; }

    /// <summary><c>redis</c>: Redis servers and Sentinels.</summary>
    public RedisOptions? Redis { get; init; }
}
