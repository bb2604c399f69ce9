using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of interfaces and TCP.</summary>
internal static class NetworkMeters
{
    private const string NetDev = "/proc/net/dev";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter InBytes = Group.Counter(
        "hardware.network.incoming.bytes", "B", Interface, NetDev,
        "Bytes received.");

    public static readonly MachineMeter OutBytes = Group.Counter(
        "hardware.network.outgoing.bytes", "B", Interface, NetDev,
        "Bytes sent.");

    public static readonly MachineMeter OutErrors = Group.Counter(
        "hardware.network.outgoing.errors", "packet", Interface, NetDev,
        "Packets that failed to be sent.");

    public static readonly MachineMeter InErrors = Group.Counter(
        "machine.network.incoming.errors", "packet", Interface, NetDev,
        "Packets received broken.");

    public static readonly MachineMeter InPackets = Group.Counter(
        "machine.network.incoming.packets", "packet", Interface, NetDev,
        "Packets received.");

    public static readonly MachineMeter OutPackets = Group.Counter(
        "machine.network.outgoing.packets", "packet", Interface, NetDev,
        "Packets sent.");

    public static readonly MachineMeter InDrops = Group.Counter(
        "machine.network.incoming.drops", "packet", Interface, NetDev,
        "Packets received and thrown away for want of room or a taker.");

    public static readonly MachineMeter OutDrops = Group.Counter(
        "machine.network.outgoing.drops", "packet", Interface, NetDev,
        "Packets thrown away before they were sent.");

    public static readonly MachineMeter TcpRetransmits = Group.Counter(
        "machine.tcp.retransmits", "segment", MachineType, "/proc/net/snmp",
        "Segments sent again.");

    public static readonly MachineMeter TcpEstablished = Group.Gauge(
        "machine.tcp.established", "connection", MachineType, "/proc/net/snmp",
        "Connections that are open.");

    public static readonly MachineMeter TcpListenOverflows = Group.Counter(
        "machine.tcp.listen_overflows", "connection", MachineType, "/proc/net/netstat",
        "Connections refused because a service accepted too slowly.");

    public static readonly MachineMeter TcpListenDrops = Group.Counter(
        "machine.tcp.listen_drops", "connection", MachineType, "/proc/net/netstat",
        "Connections dropped on their way in, for whatever reason.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
