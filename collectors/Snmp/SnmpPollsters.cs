using Ops.Collectors.Polling;
using Ops.Collectors.Snmp.Meters;
using Ops.Collectors.Snmp.Session;

namespace Ops.Collectors.Snmp;

/// <summary>All pollsters of SNMP: the meters <c>hardware.*</c>, declared ones, and <c>entities.snmp</c>.</summary>
public static class SnmpPollsters
{
    /// <summary>Makes them; they share sessions, and in a round each table is walked once.</summary>
    /// <param name="options">How agents are asked.</param>
    /// <param name="declared">Meters of the user's files; one of a built-in name replaces that.</param>
    /// <param name="time">The clock.</param>
    /// <param name="inventory">Notes what was found, for the traps; default nobody's.</param>
    public static IReadOnlyList<IPollster> All(
        SnmpOptions options, IReadOnlyList<SnmpMeter> declared, TimeProvider time, SnmpInventory? inventory = null) =>
        All(options, declared, time, inventory ?? new SnmpInventory(), new UdpSnmpTransport(time));

    internal static IReadOnlyList<IPollster> All(
        SnmpOptions options, IReadOnlyList<SnmpMeter> declared, TimeProvider time, SnmpInventory inventory,
        ISnmpTransport transport)
    {
        var meters = declared.Concat(HardwareMeters.All).DistinctBy(meter => meter.Name).ToList();
        var plan = new SnmpReadPlan(meters, SnmpEntityPollster.Columns);
        var agents = new SnmpAgents(options, transport, time);
        return
        [
            .. meters.Select(meter => new SnmpMeterPollster(meter, plan, agents)),
            new SnmpEntityPollster(plan, agents, inventory),
        ];
    }
}
