using System.Net;

namespace Ops.Collectors.StatsD;

/// <summary>How StatsD is received: the section <c>statsd</c> of <c>ops.yaml</c>.</summary>
public sealed record StatsdOptions
{
    /// <summary><c>listen</c>: where datagrams come in, or off; default <c>127.0.0.1:8125</c>.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 8125);

    /// <summary><c>listen_tcp</c>: where connections come in, or off; default off.</summary>
    public IPEndPoint? ListenTcp { get; init; }

    /// <summary><c>allow</c>: networks that may send beside this machine; default none.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary><c>flush_interval</c>: time between two flushes, 1 s to 1 h; default 10 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>percentiles</c>: of timers, each above 0 and at most 100; default 50, 90, 95, 99.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [50, 90, 95, 99];

    /// <summary><c>prefix</c>: put in front of every name; default empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary><c>resource</c>: the resource of what bears no tag that names one; default <c>statsd</c>.</summary>
    public string Resource { get; init; } = "statsd";

    /// <summary><c>forget_after</c>: how long a metric without news is remembered, 1 s to 30 d; default 1 h.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>metrics_max</c>: metrics that are remembered, 1 to 1 000 000; default 100 000.</summary>
    public int MetricsMax { get; init; } = 100_000;
}
