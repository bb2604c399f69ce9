using System.Globalization;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;
using Ops.Collectors.Machine.Telemetry;

namespace Ops.Collectors.Machine.Topology;

/// <summary>A block device.</summary>
/// <param name="Name">Such as <c>sda</c>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Under">The disks that it is made of; empty for one of hardware.</param>
/// <param name="Resource">What its samples are taken of.</param>
internal sealed record DiskPart(string Name, long SizeBytes, IReadOnlyList<string> Under, MeasuredResource Resource);

/// <summary>A filesystem.</summary>
/// <param name="Mount">Where and what it is.</param>
/// <param name="Disk">The name of the disk it lies on, or null.</param>
/// <param name="Resource">What its samples are taken of.</param>
internal sealed record FilesystemPart(MountPoint Mount, string? Disk, MeasuredResource Resource);

/// <summary>A network interface that is not switched off.</summary>
/// <param name="Name">Such as <c>eth0</c>.</param>
/// <param name="IsUp">Whether it has a carrier, as far as it can tell.</param>
/// <param name="Resource">What its samples are taken of.</param>
internal sealed record InterfacePart(string Name, bool IsUp, MeasuredResource Resource);

/// <summary>
/// The disks, filesystems and interfaces of the machine; parts that did not change stay the same objects.
/// </summary>
internal sealed class MachineParts(string machine, IMachineFiles files)
{
    private const int InterfaceUpFlag = 1;

    private readonly Dictionary<string, DiskPart> _disks = [];
    private readonly Dictionary<string, FilesystemPart> _filesystems = [];
    private readonly Dictionary<string, InterfacePart> _interfaces = [];
    private readonly List<string> _names = [];
    private readonly List<string> _slaves = [];

    /// <summary>All mounts, visible or not.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; private set; } = [];

    /// <summary>Block devices that have a size.</summary>
    public IReadOnlyCollection<DiskPart> Disks => _disks.Values;

    /// <summary>Filesystems as people see them.</summary>
    public IReadOnlyCollection<FilesystemPart> Filesystems => _filesystems.Values;

    /// <summary>Interfaces that are switched on.</summary>
    public IReadOnlyCollection<InterfacePart> Interfaces => _interfaces.Values;

    /// <summary>
    /// The filesystem that is shown for a mount, which may be another mount of the same; null where none is.
    /// </summary>
    public FilesystemPart? Shown(string mountPath)
    {
        if (_filesystems.TryGetValue(mountPath, out var part))
        {
            return part;
        }

        var device = Mounts.FirstOrDefault(mount => mount.Path == mountPath)?.Device;
        return _filesystems.Values.FirstOrDefault(shown => shown.Mount.Device == device);
    }

    /// <summary>Looks at everything again.</summary>
    public void Refresh()
    {
        RefreshDisks();
        if (files.Read("/proc/self/mountinfo", out var mountinfo) == FileAnswer.Ok)
        {
            Mounts = MountPoint.Parse(mountinfo);
            RefreshFilesystems(MountPoint.Visible(Mounts));
        }

        RefreshInterfaces();
    }

    private void RefreshDisks()
    {
        files.List("/sys/block", _names);
        var gone = _disks.Keys.ToHashSet();
        foreach (var name in _names)
        {
            var sizeBytes = Number($"/sys/block/{name}/size") * DiskCounters.SectorBytes;
            if (sizeBytes <= 0 || name.StartsWith("ram", StringComparison.Ordinal))
            {
                continue;
            }

            gone.Remove(name);
            files.List($"/sys/block/{name}/slaves", _slaves);
            if (!_disks.TryGetValue(name, out var known))
            {
                _disks[name] = new DiskPart(name, sizeBytes, Under(), Resource(EntityTypes.Disk, $"/{name}", name));
            }
            else if (known.SizeBytes != sizeBytes || known.Under.Count != _slaves.Count)
            {
                _disks[name] = known with { SizeBytes = sizeBytes, Under = Under() };
            }
        }

        foreach (var name in gone)
        {
            _disks.Remove(name);
        }
    }

    private List<string> Under() => [.. _slaves.Select(slave => DiskOf($"/sys/class/block/{slave}") ?? slave)];

    private void RefreshFilesystems(List<MountPoint> mounts)
    {
        var gone = _filesystems.Keys.ToHashSet();
        foreach (var mount in mounts)
        {
            gone.Remove(mount.Path);
            if (_filesystems.TryGetValue(mount.Path, out var known) && known.Mount == mount)
            {
                continue;
            }

            var source = mount.Source[(mount.Source.LastIndexOf('/') + 1)..];
            var disk = DiskOf($"/sys/dev/block/{mount.Device}")
                ?? (mount.IsOnDevice ? DiskOf($"/sys/class/block/{source}") : null);
            var resource = Resource(
                EntityTypes.Filesystem, mount.Path, mount.Path,
                ("mount", mount.Path), ("device", mount.Source), ("fstype", mount.Type));
            _filesystems[mount.Path] = new FilesystemPart(mount, disk, resource);
        }

        foreach (var path in gone)
        {
            _filesystems.Remove(path);
        }
    }

    private void RefreshInterfaces()
    {
        files.List("/sys/class/net", _names);
        var gone = _interfaces.Keys.ToHashSet();
        foreach (var name in _names)
        {
            if (files.Read($"/sys/class/net/{name}/flags", out var flags) != FileAnswer.Ok || !IsSwitchedOn(flags))
            {
                continue;
            }

            gone.Remove(name);
            files.Read($"/sys/class/net/{name}/operstate", out var state);
            var isUp = !state.StartsWith("down"u8) && !state.StartsWith("lowerlayerdown"u8);
            if (!_interfaces.TryGetValue(name, out var known))
            {
                _interfaces[name] = new InterfacePart(name, isUp, Resource(EntityTypes.Interface, $"/{name}", name));
            }
            else if (known.IsUp != isUp)
            {
                _interfaces[name] = known with { IsUp = isUp };
            }
        }

        foreach (var name in gone)
        {
            _interfaces.Remove(name);
        }
    }

    private static bool IsSwitchedOn(ReadOnlySpan<byte> flags)
    {
        var digits = flags.TrimEnd((byte)'\n');
        digits = digits.StartsWith("0x"u8) ? digits[2..] : digits;
        return int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bits)
            && (bits & InterfaceUpFlag) != 0;
    }

    /// <summary>
    /// The disk behind a link such as <c>../../devices/.../block/sda/sda1</c>: the folder after <c>block</c>.
    /// </summary>
    private string? DiskOf(string link)
    {
        const string block = "/block/";
        var target = files.ReadLink(link);
        var at = target?.LastIndexOf(block, StringComparison.Ordinal) ?? -1;
        return at < 0 ? null : target![(at + block.Length)..].Split('/')[0];
    }

    private long Number(string path) =>
        files.Read(path, out var text) == FileAnswer.Ok ? FieldReader.ToLong(text) : 0;

    private MeasuredResource Resource(string type, string path, string name, params (string, string)[] metadata)
    {
        var known = new Dictionary<string, object?> { ["host"] = machine };
        foreach (var (key, value) in metadata)
        {
            known[key] = value;
        }

        return new MeasuredResource(type, $"{machine}/{type}{path}", name, known);
    }
}
