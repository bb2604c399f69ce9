using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of what the cores do.</summary>
internal static class CpuMeters
{
    private const string Stat = "/proc/stat";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter CpuPercent = Group.Gauge(
        "compute.node.cpu.percent", "%", MachineType, Stat,
        "Share of all cores' time that was not idle.");

    public static readonly MachineMeter CpuUserTime = Group.Counter(
        "compute.node.cpu.user.time", "ns", MachineType, Stat,
        "Time in programs, niced ones and guests included, all cores.");

    public static readonly MachineMeter CpuKernelTime = Group.Counter(
        "compute.node.cpu.kernel.time", "ns", MachineType, Stat,
        "Time in the kernel, interrupts included, all cores.");

    public static readonly MachineMeter CpuIdleTime = Group.Counter(
        "compute.node.cpu.idle.time", "ns", MachineType, Stat,
        "Time with nothing to do, all cores.");

    public static readonly MachineMeter CpuIowaitTime = Group.Counter(
        "compute.node.cpu.iowait.time", "ns", MachineType, Stat,
        "Time idle while a disk was waited for, all cores.");

    public static readonly MachineMeter CpuUserPercent = Group.Gauge(
        "compute.node.cpu.user.percent", "%", MachineType, Stat,
        "Share of time in programs.");

    public static readonly MachineMeter CpuKernelPercent = Group.Gauge(
        "compute.node.cpu.kernel.percent", "%", MachineType, Stat,
        "Share of time in the kernel.");

    public static readonly MachineMeter CpuIdlePercent = Group.Gauge(
        "compute.node.cpu.idle.percent", "%", MachineType, Stat,
        "Share of time with nothing to do.");

    public static readonly MachineMeter CpuIowaitPercent = Group.Gauge(
        "compute.node.cpu.iowait.percent", "%", MachineType, Stat,
        "Share of time idle while a disk was waited for.");

    public static readonly MachineMeter CpuNicePercent = Group.Gauge(
        "machine.cpu.nice.percent", "%", MachineType, Stat,
        "Share of time in niced programs.");

    public static readonly MachineMeter CpuIrqPercent = Group.Gauge(
        "machine.cpu.irq.percent", "%", MachineType, Stat,
        "Share of time in hardware interrupts.");

    public static readonly MachineMeter CpuSoftirqPercent = Group.Gauge(
        "machine.cpu.softirq.percent", "%", MachineType, Stat,
        "Share of time in software interrupts.");

    public static readonly MachineMeter CpuStealPercent = Group.Gauge(
        "machine.cpu.steal.percent", "%", MachineType, Stat,
        "Share of time that the hypervisor gave to others.");

    public static readonly MachineMeter CorePercent = Group.Gauge(
        "machine.cpu.core.percent", "%", MachineType, Stat,
        "Share of one core's time that was not idle; dimension core.");

    public static readonly MachineMeter CoreTime = Group.Counter(
        "machine.cpu.core.time", "ns", MachineType, Stat,
        "Time of one core that was not idle; dimension core.");

    public static readonly MachineMeter Load1 = Group.Gauge(
        "hardware.cpu.load.1min", "process", MachineType, "/proc/loadavg",
        "Processes that run or want to, mean over 1 minute.");

    public static readonly MachineMeter Load5 = Group.Gauge(
        "hardware.cpu.load.5min", "process", MachineType, "/proc/loadavg",
        "The same over 5 minutes.");

    public static readonly MachineMeter Load15 = Group.Gauge(
        "hardware.cpu.load.15min", "process", MachineType, "/proc/loadavg",
        "The same over 15 minutes.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
