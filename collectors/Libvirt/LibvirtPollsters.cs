using Ops.Collectors.Libvirt.Meters;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Libvirt;

/// <summary>The pollsters of the compute agent.</summary>
public static class LibvirtPollsters
{
    /// <summary>One for each meter, and <c>entities.libvirt</c>, which draws the instances into the graph.</summary>
    /// <param name="agent">What they share.</param>
    public static IReadOnlyList<IPollster> All(LibvirtAgent agent) =>
    [
        .. ComputeMeters.All.Select(meter => new ComputePollster(agent, meter)),
        new LibvirtEntitiesPollster(agent),
    ];

    /// <summary>The discoveries that those pollsters name.</summary>
    /// <param name="agent">What they share.</param>
    public static IReadOnlyList<IDiscovery> Discoveries(LibvirtAgent agent) =>
        [new LocalInstancesDiscovery(agent), new LibvirtHostDiscovery(agent)];
}
