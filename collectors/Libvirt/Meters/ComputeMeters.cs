using Ops.Collectors.Libvirt.Domains;
using Ops.Model;

namespace Ops.Collectors.Libvirt.Meters;

/// <summary>Every pollster meter of Ceilometer's catalogue that libvirt gives.</summary>
/// <remarks>
/// Names, kinds, units and resource ids are Ceilometer's: an instance's id, <c>ID-vda</c> for a disk,
/// <c>NAME-ID-tapX</c> (or the interface's filter) for an interface.
/// </remarks>
internal static class ComputeMeters
{
    private const double KibInMb = 1024;

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<ComputeMeter> All { get; } =
    [
        .. OfInstances(), .. OfDisks("read", "rd"), .. OfDisks("write", "wr"), .. OfSpace("capacity", d => d.Capacity),
        .. OfSpace("allocation", d => d.Allocation), .. OfSpace("usage", d => d.Physical),
        .. OfVnics("incoming", "rx"), .. OfVnics("outgoing", "tx"),
    ];

    private static IEnumerable<ComputeMeter> OfInstances() =>
    [
        Always("instance", "instance", _ => 1),
        Always("power.state", "state", instance => instance.Identity.State),
        new("cpu", MeterKind.Cumulative, "ns", "instance", (instance, _) => On(
            instance, instance.CpuTimeNs, instance.Metadata.OfCpu(instance.Stats["vcpu.current"]))),
        Gauge("vcpus", "vcpu", instance => instance.Stats["vcpu.current"]),
        Gauge("memory.usage", "MB", instance => instance.MemoryUsedKib / KibInMb),
        Gauge("memory.resident", "MB", instance => instance.Stats["balloon.rss"] / KibInMb),
        Gauge("memory.available", "MiB", instance => instance.Stats["balloon.available"] / KibInMb),
        Swap("memory.swap.in", "balloon.swap_in"),
        Swap("memory.swap.out", "balloon.swap_out"),
        Perf("memory.bandwidth.total", "B/s", "mbmt"),
        Perf("memory.bandwidth.local", "B/s", "mbml"),
        Perf("cpu_l3_cache", "B", "cmt"),
        Perf("perf.cpu.cycles", "cycle", "cpu_cycles"),
        Perf("perf.instructions", "instruction", "instructions"),
        Perf("perf.cache.references", "count", "cache_references"),
        Perf("perf.cache.misses", "count", "cache_misses"),
    ];

    /// <summary>Both kinds for one direction: summed over an instance's disks, and disk by disk.</summary>
    private static IEnumerable<ComputeMeter> OfDisks(string direction, string stat) =>
    [
        DiskSum($"disk.{direction}.requests", "request", $"{stat}.reqs"),
        DiskSum($"disk.{direction}.bytes", "B", $"{stat}.bytes"),
        EachDisk($"disk.device.{direction}.requests", "request", $"{stat}.reqs"),
        EachDisk($"disk.device.{direction}.bytes", "B", $"{stat}.bytes"),
        EachDisk($"disk.device.{direction}.latency", "ns", $"{stat}.times"),
    ];

    private static IEnumerable<ComputeMeter> OfSpace(string name, Func<DiskSpace, double> size) =>
    [
        new($"disk.{name}", MeterKind.Gauge, "B", "instance", (instance, spaces) => !instance.IsOn || spaces.Count == 0
            ? [] : On(instance, spaces.Sum(size), instance.Metadata.OfDisks([.. spaces.Select(disk => disk.Device)])))
        {
            NeedsSpace = true,
        },
        new($"disk.device.{name}", MeterKind.Gauge, "B", "disk", (instance, spaces) => !instance.IsOn ? []
            : spaces.Select(disk => OnDisk(instance, disk.Device, size(disk))))
        {
            NeedsSpace = true,
        },
    ];

    private static IEnumerable<ComputeMeter> OfVnics(string direction, string stat) =>
    [
        EachVnic($"network.{direction}.bytes", "B", $"{stat}.bytes"),
        EachVnic($"network.{direction}.packets", "packet", $"{stat}.pkts"),
        EachVnic($"network.{direction}.packets.drop", "packet", $"{stat}.drop"),
        EachVnic($"network.{direction}.packets.error", "packet", $"{stat}.errs"),
    ];

    private static ComputeMeter Always(string name, string unit, Func<InstanceReading, double> value) =>
        new(name, MeterKind.Gauge, unit, "instance", (instance, _) =>
            [new ComputeValue(instance.Identity.Uuid, value(instance), instance.Metadata.Shared)]);

    private static ComputeMeter Gauge(string name, string unit, Func<InstanceReading, double?> value) =>
        new(name, MeterKind.Gauge, unit, "instance", (instance, _) =>
            On(instance, value(instance), instance.Metadata.Shared));

    private static ComputeMeter Perf(string name, string unit, string stat) =>
        Gauge(name, unit, instance => instance.Stats[$"perf.{stat}"]);

    /// <summary>libvirt gives both directions or, as far as Ceilometer goes, none.</summary>
    private static ComputeMeter Swap(string name, string stat) =>
        new(name, MeterKind.Cumulative, "MB", "instance", (instance, _) =>
            instance.Stats["balloon.swap_in"] is null || instance.Stats["balloon.swap_out"] is null ? []
                : On(instance, instance.Stats[stat] / KibInMb, instance.Metadata.Shared));

    private static ComputeMeter DiskSum(string name, string unit, string stat) =>
        new(name, MeterKind.Cumulative, unit, "instance", (instance, _) =>
        {
            var devices = instance.Disks.Where(device => DiskStat(instance, device, stat) is not null).ToList();
            return devices.Count == 0 ? [] : On(
                instance, devices.Sum(device => DiskStat(instance, device, stat)), instance.Metadata.OfDisks(devices));
        });

    private static ComputeMeter EachDisk(string name, string unit, string stat) =>
        new(name, MeterKind.Cumulative, unit, "disk", (instance, _) => !instance.IsOn ? []
            : instance.Disks.Select(device => (device, Value: DiskStat(instance, device, stat)))
                .Where(one => one.Value is not null)
                .Select(one => OnDisk(instance, one.device, one.Value!.Value)));

    private static ComputeMeter EachVnic(string name, string unit, string stat) =>
        new(name, MeterKind.Cumulative, unit, "interface", (instance, _) => !instance.IsOn ? []
            : instance.Vnics.Select(vnic => (vnic, Value: VnicStat(instance, vnic, stat)))
                .Where(one => one.Value is not null)
                .Select(one => new ComputeValue(
                    VnicId(instance, one.vnic), one.Value!.Value, instance.Metadata.OfVnic(one.vnic))));

    private static double? DiskStat(InstanceReading instance, string device, string stat) =>
        instance.Stats.IndexOf("block", device) is { } index ? instance.Stats[$"block.{index}.{stat}"] : null;

    private static double? VnicStat(InstanceReading instance, Vnic vnic, string stat) =>
        instance.Stats.IndexOf("net", vnic.Device) is { } index ? instance.Stats[$"net.{index}.{stat}"] : null;

    private static string VnicId(InstanceReading instance, Vnic vnic) =>
        vnic.Filter ?? $"{instance.Identity.DomainName}-{instance.Identity.Uuid}-{vnic.Device}";

    private static ComputeValue OnDisk(InstanceReading instance, string device, double value) =>
        new($"{instance.Identity.Uuid}-{device}", value, instance.Metadata.OfDisk(device));

    private static IEnumerable<ComputeValue> On(
        InstanceReading instance, double? value, IReadOnlyDictionary<string, object?> metadata) =>
        instance.IsOn && value is { } known ? [new ComputeValue(instance.Identity.Uuid, known, metadata)] : [];
}
