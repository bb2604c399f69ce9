using System.Globalization;
using Ops.Collectors.Machine.Readings;
using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>
/// Remembers services over polls: who they are, whether they are up, and whom they were connected to.
/// </summary>
/// <remarks>
/// A listening service that vanished stays, down, with its connections and those of its clients, until it returns or is
/// forgotten. One that listened for less than <see cref="SettledSeconds"/> goes at once. A client is known when the
/// same process was connected in two polls; it goes when its process does, or when it is connected to nothing any more.
/// </remarks>
internal sealed class ServiceTracker(string machine, MachineOptions options, ProcessTable processes)
{
    /// <summary>The most services and clients that are remembered.</summary>
    public const int CountMax = 4096;

    /// <summary>The most remote endpoints that are entities.</summary>
    public const int EndpointsMax = 1024;

    /// <summary>How long a listener must have been there to be missed.</summary>
    public const double SettledSeconds = 5;

    private readonly Dictionary<string, KnownService> _byId = [];
    private readonly ClientCandidates _candidates = new(options.Interval.TotalSeconds * 0.5);
    private readonly Dictionary<SeenService, KnownService> _seen = [];
    private readonly HashSet<KnownService> _taken = [];
    private readonly HashSet<ProcessEntry> _serving = [];
    private readonly HashSet<EntityRef> _endpoints = [];

    /// <summary>All that are known, up or down.</summary>
    public IReadOnlyDictionary<string, KnownService> ById => _byId;

    /// <summary>The remote endpoints that somebody is connected to.</summary>
    public IReadOnlySet<EntityRef> Endpoints => _endpoints;

    /// <summary>Services of the last poll that there was no room to remember.</summary>
    public int Overlooked { get; private set; }

    /// <summary>A connection not seen for this long is over.</summary>
    private double GraceSeconds => options.Interval.TotalSeconds * 1.5;

    /// <summary>An endpoint must have been connected this long to be shown.</summary>
    private double NoticeSeconds => options.Interval.TotalSeconds * 0.5;

    /// <summary>Takes over what a poll found.</summary>
    public void Update(
        IReadOnlyList<SeenService> services, IReadOnlyList<SeenConnection> connections, LocalRoutes routes,
        double seconds)
    {
        _seen.Clear();
        _taken.Clear();
        _serving.Clear();
        Overlooked = 0;
        foreach (var service in services)
        {
            if (KnownAs(service) is { } known)
            {
                _seen[service] = known;
                _taken.Add(known);
                _serving.UnionWith(service.Owners);
                Refresh(known, service, routes, seconds);
            }
        }

        MarkVanished(seconds);
        UpdateClients(connections, seconds);
        NoteConnections(connections, seconds);
        DropConnections(seconds);
        DropIdleClients();
    }

    /// <summary>Puts back what an earlier run of the program remembered.</summary>
    public void Restore(KnownService service) => _byId[service.Id] = service;

    /// <summary>The known service that this is: the same name, still at the port it is known by.</summary>
    private KnownService? KnownAs(SeenService service)
    {
        var lead = service.Lead;
        foreach (var known in _byId.Values)
        {
            if (!known.IsClient && known.Key == lead.Key && known.ContainerId == lead.Group.ContainerId
                && service.Ports.Contains(known.Port) && !_taken.Contains(known))
            {
                return known;
            }
        }

        var id = IdOf(lead, string.Create(CultureInfo.InvariantCulture, $":{service.Ports.Min}"));
        if (_byId.Count >= CountMax || _byId.ContainsKey(id))
        {
            Overlooked++;
            return null;
        }

        return _byId[id] = new KnownService
        {
            Id = id, Key = lead.Key, ContainerId = lead.Group.ContainerId, IsClient = false,
            Port = service.Ports.Min, UpSinceSeconds = double.NaN,
        };
    }

    private static void Refresh(KnownService known, SeenService service, LocalRoutes routes, double seconds)
    {
        var isNew = double.IsNaN(known.UpSinceSeconds);
        if (!isNew && !known.IsRunBy(service.Owners))
        {
            known.Restarts++;
        }

        if (isNew || !known.IsUp)
        {
            known.UpSinceSeconds = seconds;
        }

        known.DownSinceSeconds = null;
        known.See(service.Lead, service.Owners, service.Members);
        known.Ports = [.. service.Ports];
        known.Interfaces.Clear();
        foreach (var address in service.Addresses)
        {
            if (routes.InterfaceOf(address) is { } name)
            {
                known.Interfaces.Add(name);
            }
        }
    }

    private void MarkVanished(double seconds)
    {
        foreach (var known in _byId.Values)
        {
            if (known.IsClient || _taken.Contains(known))
            {
                continue;
            }

            var wasBrief = known.IsUp && seconds - known.UpSinceSeconds < SettledSeconds;
            known.DownSinceSeconds ??= seconds;
            known.Members.Clear();
            if (wasBrief || seconds - known.DownSinceSeconds >= options.ForgetAfter.TotalSeconds)
            {
                _byId.Remove(known.Id);
            }
        }
    }

    private void UpdateClients(IReadOnlyList<SeenConnection> connections, double seconds)
    {
        _candidates.Begin();
        foreach (var connection in connections)
        {
            var process = connection.From;
            if (connection.FromService is not null || !_candidates.See(process))
            {
                continue;
            }

            var id = IdOf(process, "");
            if (!_byId.TryGetValue(id, out var client) && _candidates.IsNoticed(process, seconds)
                && _byId.Count < CountMax)
            {
                _byId[id] = client = new KnownService
                {
                    Id = id, Key = process.Key, ContainerId = process.Group.ContainerId, IsClient = true,
                    UpSinceSeconds = seconds,
                };
            }

            client?.Owners.Add(process);
        }

        _candidates.End();
        RefreshClients();
    }

    private void RefreshClients()
    {
        foreach (var client in _byId.Values)
        {
            if (!client.IsClient)
            {
                continue;
            }

            client.Recall(processes);
            client.Owners.RemoveWhere(owner =>
                !processes.IsAlive(owner) || owner.Key != client.Key || _serving.Contains(owner));
            if (client.Owners.Count == 0)
            {
                _byId.Remove(client.Id);
                continue;
            }

            var lead = client.Owners.MinBy(owner => (owner.StartTicks, owner.Id))!;
            client.See(lead, [.. client.Owners], [.. client.Owners]);
        }
    }

    private void NoteConnections(IReadOnlyList<SeenConnection> connections, double seconds)
    {
        foreach (var connection in connections)
        {
            var from = connection.FromService is { } service
                ? _seen.GetValueOrDefault(service)
                : _byId.GetValueOrDefault(IdOf(connection.From, ""));
            var to = connection.To is { } target
                ? _seen.GetValueOrDefault(target)?.Entity
                : new EntityRef(EntityTypes.Endpoint, connection.Remote.ToString());
            if (from is null || to is not { } end || end == from.Entity)
            {
                continue;
            }

            if (!from.Connections.TryGetValue(end, out var known))
            {
                from.Connections[end] = known = new KnownConnection { FirstSeconds = seconds };
            }

            known.LastSeconds = seconds;
            known.IsShown |= end.Type == EntityTypes.Service
                || (from.IsClient && from.UpSinceSeconds == seconds)
                || seconds - known.FirstSeconds >= NoticeSeconds;
        }
    }

    /// <summary>Ends connections not seen for a while; those from and to a service that is down are held.</summary>
    private void DropConnections(double seconds)
    {
        _endpoints.Clear();
        foreach (var from in _byId.Values)
        {
            foreach (var (end, connection) in from.Connections)
            {
                var target = _byId.GetValueOrDefault(end.Id);
                if (end.Type == EntityTypes.Service && target is null)
                {
                    from.Connections.Remove(end);
                    continue;
                }

                if (!from.IsUp || target is { IsUp: false })
                {
                    connection.LastSeconds = connection.IsShown ? seconds : connection.LastSeconds;
                }

                var isOver = seconds - connection.LastSeconds > GraceSeconds;
                if (isOver || (!connection.IsShown && connection.LastSeconds != seconds))
                {
                    from.Connections.Remove(end);
                }
                else if (target is null && connection.IsShown && !_endpoints.Contains(end))
                {
                    connection.IsShown = _endpoints.Count < EndpointsMax && _endpoints.Add(end);
                }
            }
        }
    }

    private void DropIdleClients()
    {
        foreach (var client in _byId.Values)
        {
            if (client.IsClient && client.Connections.Count == 0)
            {
                _byId.Remove(client.Id);
            }
        }
    }

    private string IdOf(ProcessEntry entry, string port)
    {
        const int shortId = 12;
        var container = entry.Group.ContainerId is { } id ? $"{id[..Math.Min(shortId, id.Length)]}/" : "";
        return $"{machine}/{EntityTypes.Service}/{container}{entry.Key}{port}";
    }
}
