using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of services.</summary>
internal static class ServiceMeters
{
    private const string Tree = "cgroup v2, else /proc/PID/stat";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter ServiceUp = Group.Gauge(
        "machine.service.up", "", Service, "/proc/net/tcp",
        "1 while the service listens (a client: runs), 0 when it vanished, until it is forgotten.");

    public static readonly MachineMeter ServiceCpu = Group.Gauge(
        "machine.service.cpu", "%", Service, Tree,
        "CPU time used, in percent of one core.");

    public static readonly MachineMeter ServiceMemory = Group.Gauge(
        "machine.service.memory", "B", Service, Tree,
        "Memory in use; in a process tree, shared pages count once a process.");

    public static readonly MachineMeter ServiceRestarts = Group.Counter(
        "machine.service.restarts", "restart", Service, "/proc/PID/stat",
        "Times it came back as a new process since it was first seen.");

    public static readonly MachineMeter ServiceOpenFiles = Group.Gauge(
        "machine.service.open_files", "file", Service, "/proc/PID/fd",
        "Open file descriptors; absent where reading them is denied.");

    public static readonly MachineMeter ServiceProcesses = Group.Gauge(
        "machine.service.processes", "process", Service, "/proc",
        "Processes it consists of.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
