using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of pressure stall: how much work waited for a resource.</summary>
internal static class PressureMeters
{
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter CpuSomeAvg10 = Group.Gauge(
        "machine.pressure.cpu.some.avg10", "%", MachineType, "/proc/pressure/cpu",
        "Share of 10 s in which a task waited for a core.");

    public static readonly MachineMeter CpuSomeTotal = Group.Counter(
        "machine.pressure.cpu.some.total", "us", MachineType, "/proc/pressure/cpu",
        "The same as time since boot.");

    public static readonly MachineMeter CpuFullAvg10 = Group.Gauge(
        "machine.pressure.cpu.full.avg10", "%", MachineType, "/proc/pressure/cpu",
        "Share of 10 s in which all tasks waited for a core; 0 by definition, kept for evenness.");

    public static readonly MachineMeter CpuFullTotal = Group.Counter(
        "machine.pressure.cpu.full.total", "us", MachineType, "/proc/pressure/cpu",
        "The same as time since boot.");

    public static readonly MachineMeter MemorySomeAvg10 = Group.Gauge(
        "machine.pressure.memory.some.avg10", "%", MachineType, "/proc/pressure/memory",
        "Share of 10 s in which a task waited for memory.");

    public static readonly MachineMeter MemorySomeTotal = Group.Counter(
        "machine.pressure.memory.some.total", "us", MachineType, "/proc/pressure/memory",
        "The same as time since boot.");

    public static readonly MachineMeter MemoryFullAvg10 = Group.Gauge(
        "machine.pressure.memory.full.avg10", "%", MachineType, "/proc/pressure/memory",
        "Share of 10 s in which all tasks waited for memory.");

    public static readonly MachineMeter MemoryFullTotal = Group.Counter(
        "machine.pressure.memory.full.total", "us", MachineType, "/proc/pressure/memory",
        "The same as time since boot.");

    public static readonly MachineMeter IoSomeAvg10 = Group.Gauge(
        "machine.pressure.io.some.avg10", "%", MachineType, "/proc/pressure/io",
        "Share of 10 s in which a task waited for a disk.");

    public static readonly MachineMeter IoSomeTotal = Group.Counter(
        "machine.pressure.io.some.total", "us", MachineType, "/proc/pressure/io",
        "The same as time since boot.");

    public static readonly MachineMeter IoFullAvg10 = Group.Gauge(
        "machine.pressure.io.full.avg10", "%", MachineType, "/proc/pressure/io",
        "Share of 10 s in which all tasks waited for a disk.");

    public static readonly MachineMeter IoFullTotal = Group.Counter(
        "machine.pressure.io.full.total", "us", MachineType, "/proc/pressure/io",
        "The same as time since boot.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
