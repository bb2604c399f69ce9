using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>The meters <c>hardware.*</c> of Ceilometer's SNMP pollsters: names, kinds, units and objects of Ocata.
/// </summary>
/// <remarks>
/// Where the agent has 64-bit counters, bytes are taken from these; Ceilometer knows only the 32-bit ones, which a
/// link of 1 Gbit/s wraps in half a minute.
/// </remarks>
internal static class HardwareMeters
{
    private const string Ucd = "1.3.6.1.4.1.2021.";

    private static readonly SnmpMetadata[] Disk =
        [new("path", Oid.Of(Ucd + "9.1.2")), new("device", Oid.Of(Ucd + "9.1.3"))];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SnmpMeter> All { get; } =
    [
        Scalar("hardware.cpu.load.1min", "process", Ucd + "10.1.3.1"),
        Scalar("hardware.cpu.load.5min", "process", Ucd + "10.1.3.2"),
        Scalar("hardware.cpu.load.15min", "process", Ucd + "10.1.3.3"),
        Scalar("hardware.cpu.util", "%", Ucd + "11.9.0"),
        OfDisk("hardware.disk.size.total", Ucd + "9.1.6"),
        OfDisk("hardware.disk.size.used", Ucd + "9.1.8"),
        Scalar("hardware.memory.total", "KB", Ucd + "4.5.0"),
        Scalar("hardware.memory.used", "KB", Ucd + "4.5.0") with
        {
            Expression = new SnmpOperation('-', Object(Ucd + "4.5.0"), Object(Ucd + "4.6.0")),
        },
        Scalar("hardware.memory.swap.total", "KB", Ucd + "4.3.0"),
        Scalar("hardware.memory.swap.avail", "KB", Ucd + "4.4.0"),
        Scalar("hardware.memory.buffer", "KB", Ucd + "4.14.0"),
        Scalar("hardware.memory.cached", "KB", Ucd + "4.15.0"),
        OfInterface("hardware.network.incoming.bytes", "B", InterfaceTable.HcInOctets, InterfaceTable.InOctets),
        OfInterface("hardware.network.outgoing.bytes", "B", InterfaceTable.HcOutOctets, InterfaceTable.OutOctets),
        OfInterface("hardware.network.outgoing.errors", "packet", InterfaceTable.OutErrors),
        Counter("hardware.network.ip.incoming.datagrams", "datagrams", "1.3.6.1.2.1.4.3.0"),
        Counter("hardware.network.ip.outgoing.datagrams", "datagrams", "1.3.6.1.2.1.4.10.0"),
        Counter("hardware.system_stats.io.incoming.blocks", "blocks", Ucd + "11.58.0"),
        Counter("hardware.system_stats.io.outgoing.blocks", "blocks", Ucd + "11.57.0"),
        Scalar("hardware.system_stats.cpu.idle", "%", Ucd + "11.11.0"),
    ];

    private static SnmpObject Object(string oid) => new([Oid.Of(oid)]);

    private static SnmpMeter Scalar(string name, string unit, string oid) => new()
    {
        Name = name, Unit = unit, Expression = Object(oid), ResourceType = SnmpEntities.Host,
    };

    private static SnmpMeter Counter(string name, string unit, string oid) =>
        Scalar(name, unit, oid) with { Kind = MeterKind.Cumulative };

    private static SnmpMeter OfDisk(string name, string column) => new()
    {
        Name = name, Unit = "KB", Expression = Object(column), IsTable = true, Metadata = Disk, RowName = "device",
    };

    private static SnmpMeter OfInterface(string name, string unit, params Oid[] columns) => new()
    {
        Name = name, Unit = unit, Kind = MeterKind.Cumulative, Expression = new SnmpObject(columns), IsTable = true,
        Metadata = InterfaceTable.Metadata, RowName = "name", HasAddress = true, ResourceType = SnmpEntities.Interface,
    };
}
