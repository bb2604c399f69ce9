using Ops.Collectors.Snmp.Session;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>The neighbours that a switch hears over LLDP. Source: IEEE 802.1AB, LLDP-MIB lldpRemTable.</summary>
internal static class LldpTable
{
    public static readonly Oid Remote = Oid.Of("1.0.8802.1.1.2.1.4.1.1");
    public static readonly Oid ChassisId = Remote.With(5);
    public static readonly Oid SystemName = Remote.With(9);

    /// <summary>What is read of it.</summary>
    public static IEnumerable<Oid> Columns => [ChassisId, SystemName];

    /// <summary>
    /// The ids of neighbours: of one that is polled its own, else the name that it gives itself, else its chassis.
    /// </summary>
    public static IEnumerable<string> Neighbours(SnmpTable table, SnmpInventory inventory) => table.Indexes
        .Select(index =>
        {
            var name = table.Text(index, SystemName);
            return name.Length == 0
                ? table.Find(index, ChassisId)?.ToHex(":") ?? ""
                : inventory.HostNamed(name) ?? name;
        })
        .Where(id => id.Length > 0)
        .Distinct();
}
