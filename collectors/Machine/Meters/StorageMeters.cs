using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Meters;

/// <summary>Meters of disks and filesystems.</summary>
internal static class StorageMeters
{
    private const string Diskstats = "/proc/diskstats";
    private static readonly MeterGroup Group = new();

    public static readonly MachineMeter DiskSizeTotal = Group.Gauge(
        "hardware.disk.size.total", "KB", Disk, "/sys/block",
        "Size of the device.");

    public static readonly MachineMeter DiskSizeUsed = Group.Gauge(
        "hardware.disk.size.used", "KB", Disk, "statvfs",
        "Used by the filesystems that lie on it.");

    public static readonly MachineMeter DiskReadBytes = Group.Counter(
        "machine.disk.read.bytes", "B", Disk, Diskstats,
        "Bytes read.");

    public static readonly MachineMeter DiskWriteBytes = Group.Counter(
        "machine.disk.write.bytes", "B", Disk, Diskstats,
        "Bytes written.");

    public static readonly MachineMeter DiskReadRequests = Group.Counter(
        "machine.disk.read.requests", "request", Disk, Diskstats,
        "Reads completed.");

    public static readonly MachineMeter DiskWriteRequests = Group.Counter(
        "machine.disk.write.requests", "request", Disk, Diskstats,
        "Writes completed.");

    public static readonly MachineMeter DiskUtilisation = Group.Gauge(
        "machine.disk.utilisation", "%", Disk, Diskstats,
        "Share of time with a request under way.");

    public static readonly MachineMeter DiskLatency = Group.Gauge(
        "machine.disk.latency", "ms", Disk, Diskstats,
        "Mean time of the requests that completed since the poll before.");

    public static readonly MachineMeter FilesystemSize = Group.Gauge(
        "machine.filesystem.size", "B", Filesystem, "statvfs",
        "Size of the filesystem.");

    public static readonly MachineMeter FilesystemUsed = Group.Gauge(
        "machine.filesystem.used", "B", Filesystem, "statvfs",
        "Bytes in use.");

    public static readonly MachineMeter FilesystemFree = Group.Gauge(
        "machine.filesystem.free", "B", Filesystem, "statvfs",
        "Bytes an ordinary user may still write.");

    public static readonly MachineMeter FilesystemUsedPercent = Group.Gauge(
        "machine.filesystem.used_percent", "%", Filesystem, "statvfs",
        "Used share of what ordinary users may use, as df says it.");

    public static readonly MachineMeter InodesUsedPercent = Group.Gauge(
        "machine.filesystem.inodes_used_percent", "%", Filesystem, "statvfs",
        "Used share of inodes; absent where they are not counted.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MachineMeter> All => Group.Meters;
}
