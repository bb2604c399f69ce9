using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Collectors.Machine.Readings;

/// <summary>A filesystem at its place in the tree. Source: proc(5), /proc/PID/mountinfo.</summary>
/// <param name="Device">Major and minor number, such as <c>254:0</c>.</param>
/// <param name="Root">What of the filesystem is mounted; <c>/</c> unless it is a bind mount.</param>
/// <param name="Path">Where.</param>
/// <param name="Type">Such as <c>ext4</c>.</param>
/// <param name="Source">The device file, remote share or a made-up word.</param>
/// <param name="IsReadOnly">Whether nothing can be written there.</param>
internal sealed record MountPoint(string Device, string Root, string Path, string Type, string Source, bool IsReadOnly)
{
    /// <summary>The most mounts that are read; a machine with more has a leak.</summary>
    public const int CountMax = 4096;

    private static readonly HashSet<string> RemoteTypes =
        ["nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs", "glusterfs", "lustre", "ocfs2", "gfs2"];

    private static readonly HashSet<string> StoredTypes =
        ["tmpfs", "zfs", "overlay", "virtiofs", "bcachefs", "btrfs", "ramfs"];

    private static readonly HashSet<string> ImageTypes = ["squashfs", "iso9660", "erofs", "cramfs", "udf"];

    private static readonly string[] SystemFolders = ["/dev", "/run", "/sys", "/proc"];

    private static readonly string[] ImageFolders =
        ["/var/lib/docker", "/var/lib/containers", "/var/lib/containerd", "/snap"];

    /// <summary>Whether asking for its size may hang because another machine must answer.</summary>
    public bool IsRemote => RemoteTypes.Contains(Type) || Type.StartsWith("fuse.", StringComparison.Ordinal);

    /// <summary>Whether it lies on a block device of this machine.</summary>
    public bool IsOnDevice => Source.StartsWith("/dev/", StringComparison.Ordinal);

    /// <summary>
    /// Whether people would call it a filesystem of theirs: on a device, remote, or in memory outside the system's own
    /// folders. Images that are full by nature are not.
    /// </summary>
    public bool IsVisible
    {
        get
        {
            if (ImageTypes.Contains(Type) || (IsReadOnly && Type == "tmpfs") || ImageFolders.Any(Holds))
            {
                return false;
            }

            return IsOnDevice || IsRemote || (StoredTypes.Contains(Type) && !SystemFolders.Any(Holds));
        }
    }

    /// <summary>
    /// Reads mountinfo. Of mounts over one another at one place, only the last, which is seen, is kept.
    /// </summary>
    public static List<MountPoint> Parse(ReadOnlySpan<byte> mountinfo)
    {
        var byPath = new Dictionary<string, MountPoint>();
        var lines = new FieldReader(mountinfo);
        while (lines.NextLine(out var line) && byPath.Count < CountMax)
        {
            if (ParseLine(ref line) is { } mount)
            {
                byPath.Remove(mount.Path);
                byPath.Add(mount.Path, mount);
            }
        }

        return [.. byPath.Values];
    }

    /// <summary>The mount that holds a path: the longest that leads to it.</summary>
    public static MountPoint? Of(string path, IReadOnlyList<MountPoint> mounts)
    {
        MountPoint? best = null;
        foreach (var mount in mounts)
        {
            if ((best is null || mount.Path.Length > best.Path.Length) && mount.Leads(path))
            {
                best = mount;
            }
        }

        return best;
    }

    /// <summary>
    /// The visible mounts, each filesystem once: at its root rather than a bind mount, else where the path is shortest.
    /// </summary>
    public static List<MountPoint> Visible(IReadOnlyList<MountPoint> mounts) =>
        [.. mounts.Where(mount => mount.IsVisible)
            .GroupBy(mount => mount.Device)
            .Select(same => same.OrderBy(mount => mount.Root != "/").ThenBy(mount => mount.Path.Length).First())];

    private static MountPoint? ParseLine(ref FieldReader line)
    {
        line.Skip(2);
        var (device, root, path, options) = (line.Text(), line.Text(), line.Text(), line.Text());
        ReadOnlySpan<byte> word;
        do
        {
            word = line.Word();
        }
        while (!word.IsEmpty && !word.SequenceEqual("-"u8));

        var (type, source, superOptions) = (line.Text(), line.Text(), line.Text());
        return path.Length == 0 || type.Length == 0
            ? null
            : new MountPoint(
                device, Unescape(root), Unescape(path), type, Unescape(source),
                SaysReadOnly(options) || SaysReadOnly(superOptions));
    }

    private static bool SaysReadOnly(string options) =>
        options == "ro" || options.StartsWith("ro,", StringComparison.Ordinal);

    private bool Holds(string folder) =>
        Path.StartsWith(folder, StringComparison.Ordinal)
            && (Path.Length == folder.Length || Path[folder.Length] == '/');

    private bool Leads(string path) =>
        Path == "/" || (path.StartsWith(Path, StringComparison.Ordinal)
            && (path.Length == Path.Length || path[Path.Length] == '/'));

    /// <summary>Undoes the kernel's octal escapes of blank, tab, line end and backslash, such as <c>\040</c>.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && IsOctal(text[i + 1]) && IsOctal(text[i + 2])
                && IsOctal(text[i + 3]))
            {
                plain.Append((char)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    private static bool IsOctal(char digit) => digit is >= '0' and <= '7';
}
