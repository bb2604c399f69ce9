using Ops.Collectors.Machine.Readings;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Finds who is connected to whom, seen from the side that opened the connection.</summary>
internal sealed class ConnectionFinder(SocketScan sockets, ServiceFinder services)
{
    private readonly Dictionary<(TcpAddress Local, TcpAddress Remote), string> _spaceByEnds = [];

    /// <summary>The connections, each pair of programs perhaps several times.</summary>
    public List<SeenConnection> Connections { get; } = [];

    /// <summary>Finds all connections anew.</summary>
    public void Find()
    {
        _spaceByEnds.Clear();
        Connections.Clear();
        foreach (var (space, table) in sockets.ByNamespace)
        {
            foreach (var socket in table.Established)
            {
                if (!socket.Local.IsLoopback)
                {
                    _spaceByEnds[(socket.Local, socket.Remote)] = space;
                }
            }
        }

        foreach (var (space, table) in sockets.ByNamespace)
        {
            foreach (var socket in table.Established)
            {
                Add(space, socket);
            }
        }
    }

    private void Add(string space, in TcpSocket socket)
    {
        var owners = services.OwnersOf(socket.Inode);
        var isInbound = services.ListenerAt(space, socket.Local) is not null;
        if (owners.Count == 0 || isInbound)
        {
            return;
        }

        var target = TargetOf(space, socket);
        if (target is null && socket.Remote.IsLoopback)
        {
            return;
        }

        foreach (var owner in owners)
        {
            // A process that a service started, but that runs something else, speaks for itself.
            var service = services.ServiceOf(owner);
            var isService = service is not null && (service.Owners.Contains(owner) || owner.IsOneWith(service.Lead));
            var from = isService ? service : null;
            if (from is null || from != target)
            {
                Connections.Add(new SeenConnection(owner, from, target, socket.Remote));
            }
        }
    }

    private SeenService? TargetOf(string space, in TcpSocket socket)
    {
        var isOwnMachine = socket.Remote.IsLoopback || socket.Remote.Address == socket.Local.Address;
        if (isOwnMachine && services.ListenerAt(space, socket.Remote) is { } near)
        {
            return near;
        }

        return _spaceByEnds.TryGetValue((socket.Remote, socket.Local), out var farSpace)
            ? services.ListenerAt(farSpace, socket.Remote)
            : null;
    }
}
