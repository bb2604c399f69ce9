using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of memory and swap.</summary>
internal static class MemoryMeters
{
    private const string Meminfo = "/proc/meminfo";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter MemoryTotal = Group.Gauge(
        "hardware.memory.total", "KB", Machine, Meminfo,
        "Memory there is.");

    public static readonly MachineMeter MemoryUsed = Group.Gauge(
        "hardware.memory.used", "KB", Machine, Meminfo,
        "Memory that a new program could not have without swapping.");

    public static readonly MachineMeter MemoryBuffer = Group.Gauge(
        "hardware.memory.buffer", "KB", Machine, Meminfo,
        "Memory that buffers block devices.");

    public static readonly MachineMeter MemoryCached = Group.Gauge(
        "hardware.memory.cached", "KB", Machine, Meminfo,
        "Memory that caches files.");

    public static readonly MachineMeter SwapTotal = Group.Gauge(
        "hardware.memory.swap.total", "KB", Machine, Meminfo,
        "Swap space there is.");

    public static readonly MachineMeter SwapAvailable = Group.Gauge(
        "hardware.memory.swap.avail", "KB", Machine, Meminfo,
        "Swap space that is free.");

    public static readonly MachineMeter MemoryAvailable = Group.Gauge(
        "machine.memory.available", "KB", Machine, Meminfo,
        "Memory that a new program could have without swapping.");

    public static readonly MachineMeter MemoryUsedPercent = Group.Gauge(
        "machine.memory.used_percent", "%", Machine, Meminfo,
        "Used share of memory.");

    public static readonly MachineMeter MemoryDirty = Group.Gauge(
        "machine.memory.dirty", "KB", Machine, Meminfo,
        "Memory that waits to be written to disk.");

    public static readonly MachineMeter SwapUsedPercent = Group.Gauge(
        "machine.swap.used_percent", "%", Machine, Meminfo,
        "Used share of swap space; absent without swap.");

    public static readonly MachineMeter SwapIn = Group.Counter(
        "machine.swap.in", "page", Machine, "/proc/vmstat",
        "Pages brought back from swap.");

    public static readonly MachineMeter SwapOut = Group.Counter(
        "machine.swap.out", "page", Machine, "/proc/vmstat",
        "Pages written to swap.");

    public static readonly MachineMeter OomKills = Group.Counter(
        "machine.memory.oom_kills", "process", Machine, "/proc/vmstat",
        "Processes that the kernel killed for want of memory.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
