using System.Globalization;
using System.Text;
using Ops.Collectors.Machine.Files;

namespace Ops.Unit.Collectors.Machine;

/// <summary>A machine made of texts, on which processes start, listen, connect and die.</summary>
internal sealed class FakeMachine : IMachineFiles
{
    public const string Space = "net:[1]";

    private readonly Dictionary<string, byte[]> _files = [];
    private readonly Dictionary<string, string> _links = [];
    private readonly Dictionary<int, List<long>> _sockets = [];
    private readonly List<(string Space, long Inode, string Local, string Remote, string State)> _table = [];
    private long _inode = 1000;

    public FakeMachine()
    {
        _links["/proc/self/ns/net"] = Space;
        Write("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000::/home/ann:/bin/sh\n");
        Write("/proc/self/mountinfo",
            "27 1 254:1 / / rw - ext4 /dev/vda1 rw\n28 27 0:30 / /srv/small rw - tmpfs tmpfs rw\n");
        Link("/sys/dev/block/254:1", "../../devices/pci/virtio1/block/vda/vda1");
        Write("/sys/block/vda/size", "2048\n");
        Write("/sys/class/net/lo/flags", "0x9\n");
        Write("/sys/class/net/lo/operstate", "unknown\n");
        Write("/sys/class/net/ifb0/flags", "0x82\n");
        Write("/proc/net/dev", "h\nh\n    lo: 10 1 0 0 0 0 0 0 20 2 0 0 0 0 0 0\n");
        Start(1, 0, 1, "/sbin/init");
    }

    public Dictionary<string, FilesystemSize> Sizes { get; } = new()
    {
        ["/"] = new FilesystemSize(1000, 400, 300, 100, 90),
        ["/srv/small"] = new FilesystemSize(100, 100, 100, 0, 0),
    };

    public HashSet<string> Denied { get; } = [];

    public HashSet<string> Throwing { get; } = [];

    public void Write(string path, string text) => _files[path] = Encoding.UTF8.GetBytes(text);

    public void Link(string path, string target) => _links[path] = target;

    public void Remove(string path) => _files.Remove(path);

    public void Start(
        int id, int parent, long startTicks, string commandLine, string unit = "", long uid = 0, string space = Space,
        string cgroup = "")
    {
        var arguments = commandLine.Split(' ');
        var name = arguments[0][(arguments[0].LastIndexOf('/') + 1)..];
        Run(id, parent, startTicks, name, 0, 10);
        Write($"/proc/{id}/cmdline", commandLine.Replace(' ', '\0') + "\0");
        var unitGroup = unit.Length > 0 ? $"/system.slice/{unit}" : "/";
        Write($"/proc/{id}/cgroup", $"0::{(cgroup.Length > 0 ? cgroup : unitGroup)}\n");
        Write($"/proc/{id}/status", $"Name:\t{name}\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\n");
        Link($"/proc/{id}/ns/net", space);
        _sockets[id] = [];
        Link($"/proc/{id}/fd/0", "/dev/null");
    }

    public void Run(int id, int parent, long startTicks, string name, long cpuTicks, long pages) =>
        Write(
            $"/proc/{id}/stat",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{id} ({name}) S {parent} 1 1 0 -1 4194304 0 0 0 0 {cpuTicks} 0 0 0 20 0 1 0 ")
            + string.Create(CultureInfo.InvariantCulture, $"{startTicks} 999 {pages} 1 1\n"));

    public void Kill(int id)
    {
        foreach (var path in _files.Keys.Where(path => path.StartsWith($"/proc/{id}/", StringComparison.Ordinal))
            .ToList())
        {
            _files.Remove(path);
        }

        foreach (var path in _links.Keys.Where(path => path.StartsWith($"/proc/{id}/", StringComparison.Ordinal))
            .ToList())
        {
            _links.Remove(path);
        }

        var held = _sockets.GetValueOrDefault(id) ?? [];
        _sockets.Remove(id);
        _table.RemoveAll(row => held.Contains(row.Inode) && !_sockets.Values.Any(others => others.Contains(row.Inode)));
        Publish();
    }

    public long Listen(int id, string address, int port, string space = Space)
    {
        _table.Add((space, ++_inode, End(address, port), End("0.0.0.0", 0), "0A"));
        Hold(id, _inode);
        return _inode;
    }

    public void Hold(int id, long inode)
    {
        _sockets[id].Add(inode);
        Link($"/proc/{id}/fd/{inode}", $"socket:[{inode}]");
        Publish();
    }

    public long Connect(int id, string from, int fromPort, string to, int toPort, string space = Space)
    {
        _table.Add((space, ++_inode, End(from, fromPort), End(to, toPort), "01"));
        Hold(id, _inode);
        return _inode;
    }

    /// <summary>Closes a socket everywhere.</summary>
    public void Close(long inode)
    {
        _table.RemoveAll(row => row.Inode == inode);
        foreach (var (id, held) in _sockets)
        {
            held.Remove(inode);
            _links.Remove($"/proc/{id}/fd/{inode}");
        }

        Publish();
    }

    public void OpenFile(int id, int descriptor, string path, string flags)
    {
        Link($"/proc/{id}/fd/{descriptor}", path);
        Write($"/proc/{id}/fdinfo/{descriptor}", $"pos:\t0\nflags:\t{flags}\nmnt_id:\t27\n");
    }

    public FileAnswer Read(string path, out ReadOnlySpan<byte> content, int bytesMax = IMachineFiles.BytesMax)
    {
        content = default;
        if (Throwing.Contains(path))
        {
            throw new InvalidOperationException($"cannot read {path}");
        }

        if (Denied.Contains(path))
        {
            return FileAnswer.Denied;
        }

        if (!_files.TryGetValue(path, out var text))
        {
            return FileAnswer.Missing;
        }

        content = text.AsSpan(0, Math.Min(bytesMax, text.Length));
        return FileAnswer.Ok;
    }

    public FileAnswer List(string folder, List<string> names)
    {
        names.Clear();
        if (Denied.Contains(folder))
        {
            return FileAnswer.Denied;
        }

        var prefix = folder + "/";
        names.AddRange(_files.Keys.Concat(_links.Keys)
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..].Split('/')[0])
            .Distinct());
        return names.Count > 0 ? FileAnswer.Ok : FileAnswer.Missing;
    }

    public string? ReadLink(string path) => _links.GetValueOrDefault(path);

    public FilesystemSize? Size(string mountPoint) => Sizes.TryGetValue(mountPoint, out var size) ? size : null;

    private void Publish()
    {
        foreach (var rows in _table.GroupBy(row => row.Space).Append(null))
        {
            var space = rows?.Key ?? Space;
            var text = new StringBuilder("  sl  local_address rem_address   st\n");
            foreach (var row in _table.Where(row => row.Space == space).OrderByDescending(row => row.State))
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"   0: {row.Local} {row.Remote} {row.State} 0:0 00:0 0  0  0 {row.Inode} 1 0\n");
            }

            var folders = space == Space
                ? ["/proc/net"]
                : _sockets.Keys.Where(id => ReadLink($"/proc/{id}/ns/net") == space).Select(id => $"/proc/{id}/net");
            foreach (var folder in folders)
            {
                Write($"{folder}/tcp", text.ToString());
            }
        }
    }

    private static string End(string address, int port)
    {
        var parts = address.Split('.').Select(byte.Parse).Reverse().ToArray();
        return $"{Convert.ToHexString(parts)}:{port:X4}";
    }
}
