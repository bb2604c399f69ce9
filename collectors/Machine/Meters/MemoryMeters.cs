using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of memory and swap.</summary>
internal static class MemoryMeters
{
    private const string Meminfo = "/proc/meminfo";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter MemoryTotal = Group.Gauge(
        "hardware.memory.total", "KB", MachineType, Meminfo,
        "Memory there is.");

    public static readonly MachineMeter MemoryUsed = Group.Gauge(
        "hardware.memory.used", "KB", MachineType, Meminfo,
        "Memory that a new program could not have without swapping.");

    public static readonly MachineMeter MemoryBuffer = Group.Gauge(
        "hardware.memory.buffer", "KB", MachineType, Meminfo,
        "Memory that buffers block devices.");

    public static readonly MachineMeter MemoryCached = Group.Gauge(
        "hardware.memory.cached", "KB", MachineType, Meminfo,
        "Memory that caches files.");

    public static readonly MachineMeter SwapTotal = Group.Gauge(
        "hardware.memory.swap.total", "KB", MachineType, Meminfo,
        "Swap space there is.");

    public static readonly MachineMeter SwapAvailable = Group.Gauge(
        "hardware.memory.swap.avail", "KB", MachineType, Meminfo,
        "Swap space that is free.");

    public static readonly MachineMeter MemoryAvailable = Group.Gauge(
        "machine.memory.available", "KB", MachineType, Meminfo,
        "Memory that a new program could have without swapping.");

    public static readonly MachineMeter MemoryUsedPercent = Group.Gauge(
        "machine.memory.used_percent", "%", MachineType, Meminfo,
        "Used share of memory.");

    public static readonly MachineMeter MemoryDirty = Group.Gauge(
        "machine.memory.dirty", "KB", MachineType, Meminfo,
        "Memory that waits to be written to disk.");

    public static readonly MachineMeter SwapUsedPercent = Group.Gauge(
        "machine.swap.used_percent", "%", MachineType, Meminfo,
        "Used share of swap space; absent without swap.");

    public static readonly MachineMeter SwapIn = Group.Counter(
        "machine.swap.in", "page", MachineType, "/proc/vmstat",
        "Pages brought back from swap.");

    public static readonly MachineMeter SwapOut = Group.Counter(
        "machine.swap.out", "page", MachineType, "/proc/vmstat",
        "Pages written to swap.");

    public static readonly MachineMeter OomKills = Group.Counter(
        "machine.memory.oom_kills", "process", MachineType, "/proc/vmstat",
        "Processes that the kernel killed for want of memory.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
