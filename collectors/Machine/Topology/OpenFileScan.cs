using System.Globalization;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Looks through the open files of processes for sockets and for the filesystems they write to.</summary>
internal sealed class OpenFileScan(IMachineFiles files)
{
    /// <summary>The most open files of one process that are looked at.</summary>
    public const int CountMax = 65_536;

    private const string SocketPrefix = "socket:[";

    private readonly List<string> _names = [];

    /// <summary>Processes whose open files the kernel would not show in the last scan.</summary>
    public int Denied { get; private set; }

    /// <summary>Scans all processes.</summary>
    public void Scan(ProcessTable processes, IReadOnlyList<MountPoint> mounts)
    {
        Denied = 0;
        foreach (var entry in processes.ById.Values)
        {
            Scan(entry, mounts);
        }
    }

    private void Scan(ProcessEntry entry, IReadOnlyList<MountPoint> mounts)
    {
        entry.Sockets.Clear();
        entry.WritesTo.Clear();
        entry.OpenFiles = null;
        var answer = files.List($"/proc/{entry.Id}/fd", _names);
        if (answer != FileAnswer.Ok)
        {
            Denied += answer == FileAnswer.Denied ? 1 : 0;
            return;
        }

        entry.OpenFiles = _names.Count;
        for (var i = 0; i < _names.Count && i < CountMax; i++)
        {
            var target = files.ReadLink($"/proc/{entry.Id}/fd/{_names[i]}");
            if (target is null)
            {
                continue;
            }

            if (target.StartsWith(SocketPrefix, StringComparison.Ordinal))
            {
                if (long.TryParse(target.AsSpan(SocketPrefix.Length).TrimEnd(']'), CultureInfo.InvariantCulture,
                    out var inode))
                {
                    entry.Sockets.Add(inode);
                }
            }
            else if (target.StartsWith('/'))
            {
                NoteFile(entry, _names[i], target, mounts);
            }
        }
    }

    private void NoteFile(ProcessEntry entry, string descriptor, string path, IReadOnlyList<MountPoint> mounts)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)
            || path.StartsWith("/memfd:", StringComparison.Ordinal)
            || MountPoint.Of(path, mounts) is not { IsReadOnly: false } mount || entry.WritesTo.Contains(mount.Path))
        {
            return;
        }

        if (files.Read($"/proc/{entry.Id}/fdinfo/{descriptor}", out var info) == FileAnswer.Ok && IsWritable(info))
        {
            entry.WritesTo.Add(mount.Path);
        }
    }

    private static bool IsWritable(ReadOnlySpan<byte> info)
    {
        var lines = new FieldReader(info);
        while (lines.NextLine(out var line))
        {
            if (line.Word().SequenceEqual("flags:"u8))
            {
                // Octal; the last two bits are the access mode: 0 read, 1 write, 2 both.
                var flags = line.Word();
                return !flags.IsEmpty && ((flags[^1] - '0') & 3) != 0;
            }
        }

        return false;
    }
}
