using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Redis.Topology;

/// <summary>Draws servers, Sentinels and the masters that they watch into the entity graph.</summary>
internal sealed class RedisGraph(RedisOptions options)
{
    /// <summary>The entity types.</summary>
    public const string Server = "redis.server";
    public const string Sentinel = "redis.sentinel";
    public const string MasterGroup = "redis.master";

    private const string Machine = "machine";
    private const string Datasource = "redis";

    private static readonly RelationKind[] OfServers = [new("replicates", RelationDirection.Out, Server)];
    private static readonly RelationKind[] OfSentinels = [new("monitors", RelationDirection.Out, MasterGroup)];
    private static readonly RelationKind[] OfGroups = [new("contains", RelationDirection.Out, Server)];

    private readonly ServerNames _names = new(options.MachineName);

    /// <summary>What one look at everything says. Servers stand before what names them.</summary>
    public IReadOnlyList<Observation> Draw(
        IReadOnlyList<ServerReading> servers, IReadOnlyList<ServerReading> sentinels, DateTimeOffset at)
    {
        var masters = Masters(sentinels);
        var seen = servers.Select(server => server.Id).ToHashSet(StringComparer.Ordinal);
        var drawn = new List<Observation>();
        drawn.AddRange(servers.Select(Of));
        drawn.AddRange(masters.SelectMany(Told).Where(told => seen.Add(told.Entity.Id)));
        drawn.AddRange(masters.Select(Of));
        drawn.AddRange(sentinels.Select(OfSentinel));
        return [.. drawn.Select(one => one with { At = at, Datasource = Datasource })];
    }

    /// <summary>Each master once, as the Sentinel with the highest epoch sees it.</summary>
    private static List<WatchedMaster> Masters(IReadOnlyList<ServerReading> sentinels) =>
    [
        .. sentinels.SelectMany(sentinel => sentinel.Masters).GroupBy(master => master.Name)
            .Select(views => views.MaxBy(view => view.ConfigEpoch)!),
    ];

    private Observation Of(ServerReading server) => new()
    {
        Entity = new EntityRef(Server, server.Id),
        Name = server.Target.Name,
        State = server.State,
        Properties = server.Info is not { } info
            ? new Dictionary<string, object?> { ["fault"] = server.Fault }
            : new Dictionary<string, object?>
            {
                ["fault"] = null,
                ["role"] = info.IsReplica ? "replica" : "master",
                ["version"] = info["redis_version"],
                ["run_id"] = info["run_id"],
                ["address"] = $"{server.Host}:{server.Target.Port}",
                ["replicas"] = long.TryParse(
                    info["connected_slaves"], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    ? count : null,
                ["master_link"] = info["master_link_status"],
            },
        Relations = [.. Replicates(server), .. OnMachine(server)],
        Complete = server.IsUp ? OfServers : [],
    };

    private IEnumerable<ObservedRelation> Replicates(ServerReading server)
    {
        if (server.Info?.Master is { } master)
        {
            yield return new ObservedRelation("replicates", RelationDirection.Out, Ref(master.Host, master.Port));
        }
    }

    /// <summary>Servers that are known from a Sentinel alone.</summary>
    private IEnumerable<Observation> Told(WatchedMaster master)
    {
        var head = Ref(master.Host, master.Port);
        yield return Told(head, master.Flags, "master", []);
        foreach (var replica in master.Replicas)
        {
            yield return Told(
                Ref(replica.Host, replica.Port), replica.Flags, "replica",
                [new ObservedRelation("replicates", RelationDirection.Out, head)]);
        }
    }

    private static Observation Told(
        EntityRef server, string flags, string role, IReadOnlyList<ObservedRelation> relations) => new()
    {
        Entity = server,
        Name = server.Id,
        State = WatchedMaster.IsDown(flags) ? "DOWN" : "ACTIVE",
        Properties = new Dictionary<string, object?> { ["role"] = role },
        Relations = relations,
        Complete = OfServers,
    };

    private Observation Of(WatchedMaster master) => new()
    {
        Entity = new EntityRef(MasterGroup, master.Name),
        Name = master.Name,
        State = master.State,
        Properties = new Dictionary<string, object?>
        {
            ["master"] = _names.Id(master.Host, master.Port),
            ["quorum"] = master.Quorum,
            ["replicas"] = (long)master.Replicas.Count,
        },
        Relations =
        [
            Contains(master.Host, master.Port),
            .. master.Replicas.Select(replica => Contains(replica.Host, replica.Port)).Distinct(),
        ],
        Complete = OfGroups,
    };

    private Observation OfSentinel(ServerReading sentinel) => new()
    {
        Entity = new EntityRef(Sentinel, sentinel.Id),
        Name = sentinel.Target.Name,
        State = sentinel.State,
        Properties = new Dictionary<string, object?>
        {
            ["fault"] = sentinel.Fault,
            ["address"] = $"{sentinel.Host}:{sentinel.Target.Port}",
        },
        Relations =
        [
            .. sentinel.Masters.Select(master => new ObservedRelation(
                "monitors", RelationDirection.Out, new EntityRef(MasterGroup, master.Name))),
            .. OnMachine(sentinel),
        ],
        Complete = sentinel.IsUp ? OfSentinels : [],
    };

    private IEnumerable<ObservedRelation> OnMachine(ServerReading server) => !ServerNames.IsHere(server.Host) ? []
        : [new ObservedRelation("on", RelationDirection.Out, new EntityRef(Machine, options.MachineName))];

    private ObservedRelation Contains(string host, int port) =>
        new("contains", RelationDirection.Out, Ref(host, port));

    private EntityRef Ref(string host, int port) => new(Server, _names.Id(host, port));
}
