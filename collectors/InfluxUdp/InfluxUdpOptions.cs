using System.Net;
using Ops.Collectors.InfluxLine;

namespace Ops.Collectors.InfluxUdp;

/// <summary>How Influx line protocol is received over UDP: the section <c>influx_udp</c> of <c>ops.yaml</c>.</summary>
public sealed record InfluxUdpOptions
{
    /// <summary><c>listen</c>: where, or off; default <c>127.0.0.1:8089</c>.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 8089);

    /// <summary><c>allow</c>: networks that may send beside this machine; default none.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary><c>database</c>: the database that the lines belong to; default none.</summary>
    public string? Database { get; init; }

    /// <summary><c>precision</c>: the unit of the timestamps: ns, u, ms, s, m or h; default ns.</summary>
    public TimestampPrecision Precision { get; init; } = TimestampPrecision.Nanoseconds;
}
