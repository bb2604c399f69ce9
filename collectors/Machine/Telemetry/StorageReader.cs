using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Collectors.Machine.Readings;
using Ops.Collectors.Machine.Topology;

namespace Ops.Collectors.Machine.Telemetry;

/// <summary>Disks and filesystems. Utilisation and latency begin with the second poll.</summary>
internal sealed class StorageReader(MachineParts parts, MountSizes sizes) : IMachineReader
{
    private const double KbBytes = 1024;

    private readonly Dictionary<string, DiskCounters> _counters = [];
    private readonly Dictionary<string, DiskCounters> _before = [];
    private readonly Dictionary<string, long> _usedBytesByDisk = [];
    private double _beforeSeconds;

    /// <inheritdoc/>
    public string Name => "storage";

    /// <inheritdoc/>
    public void Read(in MachinePoll poll)
    {
        WriteFilesystems(poll);
        if (poll.Files.Read("/proc/diskstats", out var diskstats) != FileAnswer.Ok)
        {
            return;
        }

        DiskCounters.Parse(diskstats, _counters);
        foreach (var disk in parts.Disks)
        {
            if (_counters.TryGetValue(disk.Name, out var counters))
            {
                WriteDisk(poll, disk, counters);
            }
        }

        _beforeSeconds = poll.Seconds;
    }

    private void WriteFilesystems(in MachinePoll poll)
    {
        _usedBytesByDisk.Clear();
        foreach (var part in parts.Filesystems)
        {
            if (sizes.Of(part.Mount) is not { SizeBytes: > 0 } size)
            {
                continue;
            }

            var usedBytes = size.SizeBytes - size.FreeBytes;
            poll.Writer.Add(StorageMeters.FilesystemSize, part.Resource, size.SizeBytes);
            poll.Writer.Add(StorageMeters.FilesystemUsed, part.Resource, usedBytes);
            poll.Writer.Add(StorageMeters.FilesystemFree, part.Resource, size.AvailableBytes);
            var usedPercent = 100.0 * usedBytes / (usedBytes + size.AvailableBytes);
            poll.Writer.Add(StorageMeters.FilesystemUsedPercent, part.Resource, usedPercent);
            if (size.Inodes > 0)
            {
                var percent = 100.0 * (size.Inodes - size.InodesFree) / size.Inodes;
                poll.Writer.Add(StorageMeters.InodesUsedPercent, part.Resource, percent);
            }

            if (part.Disk is { } disk)
            {
                _usedBytesByDisk[disk] = _usedBytesByDisk.GetValueOrDefault(disk) + usedBytes;
            }
        }
    }

    private void WriteDisk(in MachinePoll poll, DiskPart disk, in DiskCounters now)
    {
        var (writer, resource) = (poll.Writer, disk.Resource);
        writer.Add(StorageMeters.DiskSizeTotal, resource, disk.SizeBytes / KbBytes);
        if (_usedBytesByDisk.TryGetValue(disk.Name, out var usedBytes))
        {
            writer.Add(StorageMeters.DiskSizeUsed, resource, usedBytes / KbBytes);
        }

        writer.Add(StorageMeters.DiskReadBytes, resource, (double)now.ReadSectors * DiskCounters.SectorBytes);
        writer.Add(StorageMeters.DiskWriteBytes, resource, (double)now.WrittenSectors * DiskCounters.SectorBytes);
        writer.Add(StorageMeters.DiskReadRequests, resource, now.Reads);
        writer.Add(StorageMeters.DiskWriteRequests, resource, now.Writes);
        if (_before.TryGetValue(disk.Name, out var before))
        {
            var percent = now.UtilisationPercent(before, poll.Seconds - _beforeSeconds);
            writer.Add(StorageMeters.DiskUtilisation, resource, percent);
            writer.Add(StorageMeters.DiskLatency, resource, now.LatencyMs(before));
        }

        _before[disk.Name] = now;
    }
}
