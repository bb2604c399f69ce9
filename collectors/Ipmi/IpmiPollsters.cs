using Ops.Collectors.Polling;

namespace Ops.Collectors.Ipmi;

/// <summary>All pollsters of IPMI: sensors, nodes, and <c>entities.ipmi</c>.</summary>
public static class IpmiPollsters
{
    private static readonly string[] SensorTypes = ["Fan", "Temperature", "Current", "Voltage"];

    /// <summary>Makes them; in a round each command runs once for each node.</summary>
    /// <param name="options">How controllers are asked.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<IPollster> All(IpmiOptions options, TimeProvider time) =>
        All(options, new IpmiTool(options, time));

    internal static IReadOnlyList<IPollster> All(IpmiOptions options, IIpmiTool tool)
    {
        var reads = new IpmiReads(options, tool);
        return
        [
            .. SensorTypes.Select(type => new IpmiSensorPollster(type, reads)),
            .. IpmiNodePollster.All.Select(meter => new IpmiNodePollster(meter, reads)),
            new IpmiEntityPollster(reads),
        ];
    }
}
