using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of the collector itself.</summary>
internal static class AgentMeters
{
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter AgentCpu = Group.Gauge(
        "machine.agent.cpu", "%", MachineType, "own process",
        "CPU time Ops used, in percent of one core.");

    public static readonly MachineMeter AgentMemory = Group.Gauge(
        "machine.agent.memory", "B", MachineType, "own process",
        "Resident memory of Ops.");

    public static readonly MachineMeter AgentHeap = Group.Gauge(
        "machine.agent.gc.heap", "B", MachineType, "own process",
        "Managed heap after the last collection.");

    public static readonly MachineMeter AgentCollections = Group.Counter(
        "machine.agent.gc.collections", "collection", MachineType, "own process",
        "Garbage collections of all generations.");

    public static readonly MachineMeter AgentPause = Group.Gauge(
        "machine.agent.gc.pause_percent", "%", MachineType, "own process",
        "Share of its life that Ops stood still for garbage collection.");

    public static readonly MachineMeter AgentPollDuration = Group.Gauge(
        "machine.agent.poll.duration", "ms", MachineType, "own process",
        "Time that the poll before took, its delivery included.");

    public static readonly MachineMeter AgentPollFailures = Group.Counter(
        "machine.agent.poll.failures", "failure", MachineType, "own process",
        "Readers that failed in a poll.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
