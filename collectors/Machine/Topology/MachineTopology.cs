using System.Text;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Readings;
using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Looks at the machine's parts, processes and sockets, and says what changed.</summary>
internal sealed class MachineTopology
{
    private readonly IMachineFiles _files;
    private readonly ProcessTable _processes;
    private readonly OpenFileScan _openFiles;
    private readonly SocketScan _sockets;
    private readonly ServiceFinder _services;
    private readonly ConnectionFinder _connections;
    private readonly LocalRoutes _routes = new();
    private readonly MachinePicture _picture;

    /// <summary>Nothing is read before <see cref="Look"/>.</summary>
    public MachineTopology(string machine, IMachineFiles files, MachineParts parts, MachineOptions options)
    {
        _files = files;
        Parts = parts;
        _processes = new ProcessTable(files);
        _openFiles = new OpenFileScan(files);
        _sockets = new SocketScan(files);
        _services = new ServiceFinder(_processes, _sockets);
        _connections = new ConnectionFinder(_sockets, _services);
        Tracker = new ServiceTracker(machine, options, _processes);
        _picture = new MachinePicture(machine, parts, Tracker);
    }

    /// <summary>Disks, filesystems and interfaces.</summary>
    public MachineParts Parts { get; }

    /// <summary>The services.</summary>
    public ServiceTracker Tracker { get; }

    /// <summary>What was said so far.</summary>
    public ObservationDiff Diff { get; } = new();

    /// <summary>Processes whose open files may not be read.</summary>
    public int Denied => _openFiles.Denied;

    /// <summary>Listening sockets whose owner is not known.</summary>
    public int Unowned => _services.Unowned;

    /// <summary>What was left out because a limit was met.</summary>
    public int Overlooked =>
        _processes.Overlooked + Tracker.Overlooked + _sockets.ByNamespace.Values.Sum(table => table.Overlooked);

    /// <summary>Whether a listener came or went since the last look. Cheap.</summary>
    public bool ListenersChanged() => _sockets.ListenersChanged();

    /// <summary>Looks at everything.</summary>
    /// <param name="seconds">A clock that never jumps.</param>
    public void Look(double seconds)
    {
        Parts.Refresh();
        _processes.Refresh();
        _sockets.Scan(_processes);
        _openFiles.Scan(_processes, Parts.Mounts);
        _services.Find();
        _connections.Find();
        _routes.Load(_files);
        Tracker.Update(_services.Services, _connections.Connections, _routes, seconds);
        if (_picture.Kernel.Length == 0 && _files.Read("/proc/sys/kernel/osrelease", out var release) == FileAnswer.Ok)
        {
            _picture.Kernel = Encoding.UTF8.GetString(release).Trim();
        }
    }

    /// <summary>What changed since the last call.</summary>
    public List<Observation> Changes(DateTimeOffset now) => Diff.To(_picture.Draw(), now);
}
