using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Groups listening sockets and the processes that hold them to services.</summary>
/// <remarks>
/// A listening socket belongs to the eldest process that holds it (init only where nobody else does). One process with
/// many ports is one service; so are the processes of one systemd unit that run the same command, and processes of the
/// same name that share a port. The same command on different ports, without a unit, is two services.
/// </remarks>
internal sealed class ServiceFinder(ProcessTable processes, SocketScan sockets)
{
    private readonly Dictionary<long, List<ProcessEntry>> _owners = [];
    private readonly Dictionary<(string Namespace, int Port),
        List<(TcpAddress Address, SeenService Service)>> _listeners = [];
    private readonly Dictionary<int, SeenService?> _membership = [];

    /// <summary>The services.</summary>
    public List<SeenService> Services { get; } = [];

    /// <summary>Listening sockets whose owner the kernel would not show.</summary>
    public int Unowned { get; private set; }

    /// <summary>The processes that hold a socket.</summary>
    public IReadOnlyList<ProcessEntry> OwnersOf(long inode) => _owners.TryGetValue(inode, out var owners) ? owners : [];

    /// <summary>The service that listens for a connection to an address in a namespace, or null.</summary>
    public SeenService? ListenerAt(string space, in TcpAddress address)
    {
        SeenService? any = null;
        foreach (var (bound, service) in _listeners.GetValueOrDefault((space, address.Port)) ?? [])
        {
            if (bound.Address == address.Address)
            {
                return service;
            }

            any = bound.IsAny ? service : any;
        }

        return any;
    }

    /// <summary>The service that a process is a part of, or null.</summary>
    public SeenService? ServiceOf(ProcessEntry entry) => _membership.GetValueOrDefault(entry.Id);

    /// <summary>Finds all services anew.</summary>
    public void Find()
    {
        _owners.Clear();
        _listeners.Clear();
        _membership.Clear();
        Services.Clear();
        Unowned = 0;
        foreach (var entry in processes.ById.Values)
        {
            foreach (var inode in entry.Sockets)
            {
                (_owners.TryGetValue(inode, out var owners) ? owners : _owners[inode] = []).Add(entry);
            }
        }

        var groups = new Dictionary<(string Key, int Lead), SeenService>();
        foreach (var (space, table) in sockets.ByNamespace)
        {
            foreach (var socket in table.Listening)
            {
                AddListener(space, socket, groups);
            }
        }

        MergeByPort(groups.Values);
        AddMembers();
    }

    private void AddListener(string space, in TcpSocket socket, Dictionary<(string Key, int Lead), SeenService> groups)
    {
        var owners = OwnersOf(socket.Inode);
        if (owners.Count == 0)
        {
            Unowned++;
            return;
        }

        var lead = Eldest(owners);
        if (lead is { Id: 1, KernelName: "systemd" or "init" })
        {
            // Held for a service that nobody has called on yet.
            return;
        }

        var group = lead.Group.Unit.Length > 0
            ? ($"{lead.Group.ContainerId}/{lead.Group.Unit}/{lead.Command}", 0)
            : ("", lead.Id);
        if (!groups.TryGetValue(group, out var service))
        {
            groups[group] = service = new SeenService { Lead = lead };
        }

        service.Owners.UnionWith(owners.Where(owner => owner.Id != 1 || owners.Count == 1));
        service.Ports.Add(socket.Local.Port);
        service.Addresses.Add(socket.Local);
        var at = (space, socket.Local.Port);
        (_listeners.TryGetValue(at, out var there) ? there : _listeners[at] = []).Add((socket.Local, service));
    }

    /// <summary>
    /// Processes of one name that share their lowest port (SO_REUSEPORT, or a restart under way) are one.
    /// </summary>
    private void MergeByPort(IEnumerable<SeenService> found)
    {
        var merged = new Dictionary<(string?, string, int), SeenService>();
        foreach (var service in found.OrderBy(service => service.Lead.StartTicks).ThenBy(service => service.Lead.Id))
        {
            var identity = (service.Lead.Group.ContainerId, service.Lead.Key, service.Ports.Min);
            if (!merged.TryGetValue(identity, out var first))
            {
                merged[identity] = service;
                Services.Add(service);
                continue;
            }

            first.Owners.UnionWith(service.Owners);
            first.Ports.UnionWith(service.Ports);
            first.Addresses.UnionWith(service.Addresses);
            Redirect(service, first);
        }
    }

    private void Redirect(SeenService from, SeenService to)
    {
        foreach (var there in _listeners.Values)
        {
            for (var i = 0; i < there.Count; i++)
            {
                if (there[i].Service == from)
                {
                    there[i] = (there[i].Address, to);
                }
            }
        }
    }

    private void AddMembers()
    {
        foreach (var service in Services)
        {
            foreach (var owner in service.Owners)
            {
                _membership.TryAdd(owner.Id, service);
            }
        }

        foreach (var entry in processes.ById.Values)
        {
            MembershipOf(entry)?.Members.Add(entry);
        }
    }

    /// <summary>
    /// Climbs to the nearest ancestor that is known, as long as the unit and container stay the same.
    /// </summary>
    private SeenService? MembershipOf(ProcessEntry entry)
    {
        var at = entry;
        for (var step = 0; step < 64; step++)
        {
            if (_membership.TryGetValue(at.Id, out var service))
            {
                return _membership[entry.Id] = service;
            }

            if (!processes.ById.TryGetValue(at.Parent, out var parent) || parent.Id == 1
                || parent.Group.Unit != at.Group.Unit || parent.Group.ContainerId != at.Group.ContainerId)
            {
                break;
            }

            at = parent;
        }

        return _membership[entry.Id] = null;
    }

    private static ProcessEntry Eldest(IReadOnlyList<ProcessEntry> owners)
    {
        var eldest = owners[0];
        foreach (var owner in owners)
        {
            var isOlder = (owner.StartTicks, owner.Id).CompareTo((eldest.StartTicks, eldest.Id)) < 0;
            if (eldest.Id == 1 || (isOlder && owner.Id != 1))
            {
                eldest = owner;
            }
        }

        return eldest;
    }
}
