namespace Ops.Collectors.Machine.Meters;

/// <summary>Every meter that the machine's collector emits; <c>docs/meters.md</c> is written from this table.</summary>
/// <remarks>
/// Names and units are the field's (Ceilometer's, whose KB is 1024 bytes) where it has the meter, else
/// <c>machine.*</c>.
/// </remarks>
internal static class MachineMeters
{
    /// <summary>The meters by subject, in the order of the page.</summary>
    public static IReadOnlyList<(string Subject, IReadOnlyList<MachineMeter> Meters)> BySubject { get; } =
    [
        ("CPU", CpuMeters.All),
        ("Memory", MemoryMeters.All),
        ("Pressure", PressureMeters.All),
        ("Disks and filesystems", StorageMeters.All),
        ("Network", NetworkMeters.All),
        ("Services", ServiceMeters.All),
        ("Ops itself", AgentMeters.All),
    ];

    /// <summary>All meters, in the order of the page.</summary>
    public static IReadOnlyList<MachineMeter> All { get; } = [.. BySubject.SelectMany(subject => subject.Meters)];
}
