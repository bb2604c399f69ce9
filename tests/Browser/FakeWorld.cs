using Ops.Model;

namespace Ops.Browser;

/// <summary>A machine with twelve services, as large as wanted.</summary>
internal static class FakeWorld
{
    public const string Machine = "atlas";

    public static readonly (string Name, int? Port, string Command)[] Services =
    [
        ("nginx", 443, "nginx"), ("web", 3000, "node server.js"), ("api", 8000, "python3 -m api"),
        ("worker", null, "python3 -m worker"),
        ("postgresql", 5432, "postgres"), ("redis-server", 6379, "redis-server"), ("rabbitmq-server", 5672, "beam.smp"),
        ("elasticsearch-data-node-eu-central", 9200, "java"), ("prometheus", 9090, "prometheus"),
        ("grafana-server", 3001, "grafana"),
        ("ssh", 22, "sshd"), ("ops", 8080, "ops serve"),
    ];

    private static readonly (string From, string To)[] Calls =
    [
        ("nginx", "web"), ("nginx", "grafana-server"), ("web", "api"), ("api", "postgresql"), ("api", "redis-server"),
        ("worker", "rabbitmq-server"), ("api", "rabbitmq-server"), ("worker", "elasticsearch-data-node-eu-central"),
        ("grafana-server", "prometheus"), ("prometheus", "ops"),
    ];

    private static readonly (string From, string To)[] Writes =
    [
        ("elasticsearch-data-node-eu-central", "/var/lib"), ("rabbitmq-server", "/var/lib"), ("prometheus", "/var/lib"),
        ("postgresql", "/srv/pg"), ("nginx", "/"), ("ops", "/"),
    ];

    public static string Id(string type, string name) => type switch
    {
        "machine" => Machine,
        "endpoint" => name,
        "filesystem" => $"{Machine}/filesystem{name}",
        _ => $"{Machine}/{type}/{name}",
    };

    /// <summary>The topology; <paramref name="extra"/> more services and twice as many more endpoints.</summary>
    public static TopologyView Topology(bool calm, int extra)
    {
        var entities = new List<EntityView>();
        var relations = new List<RelationView>();
        entities.Add(
            Entity("machine", Machine, ("cores", 8L), ("kernel", "6.1.0-25-amd64"), ("memory", 16_655_831_040L)));
        foreach (var name in new[] { "/", "/var/lib", "/srv/pg", "/boot" })
        {
            entities.Add(
                Entity("filesystem", name, ("mount", name), ("size", 107_374_182_400L), ("fstype", "ext4")) with
            {
                State = !calm && name == "/var/lib" ? "SUBOPTIMAL" : "ACTIVE",
                OperationalState = !calm && name == "/var/lib" ? "SUBOPTIMAL" : "OK",
            });
            relations.Add(Relation("on", ("filesystem", name), ("disk", name == "/srv/pg" ? "nvme1n1" : "nvme0n1")));
        }

        entities.AddRange(
            new[] { "nvme0n1", "nvme1n1" }.Select(disk => Entity("disk", disk, ("size", 512_110_190_592L))));
        entities.AddRange(new[] { "eth0", "docker0" }.Select(name => Entity("interface", name, ("mtu", 1500L))));
        entities.AddRange(Services.Select(service => Service(service, calm)));
        relations.AddRange(Calls.Select(call => Relation("connects", ("service", call.From), ("service", call.To))));
        relations.AddRange(Writes.Select(write => Relation("uses", ("service", write.From), ("filesystem", write.To))));
        relations.Add(Relation("uses", ("service", "nginx"), ("interface", "eth0")));
        for (var index = 0; index < 5 + (extra * 2); index++)
        {
            var address = $"203.0.113.{index % 250}:{(index % 3 == 0 ? 443 : index % 3 == 1 ? 5671 : 53)}";
            entities.Add(Entity("endpoint", address));
            relations.Add(Relation("connects", ("service", Services[index * 5 % 4].Name), ("endpoint", address)));
        }

        for (var index = 0; index < extra; index++)
        {
            entities.Add(Service(($"job-runner-{index:00}", 9500 + index, "java"), true));
            relations.Add(
                Relation(
                    "connects", ("service", $"job-runner-{index:00}"), ("service", Services[4 + (index % 3)].Name)));
        }

        relations.AddRange(entities.Where(entity => entity.Type is not ("machine" or "endpoint"))
            .Select(entity =>
                new RelationView(
                    "contains", new EntityRef("machine", Machine), new EntityRef(entity.Type, entity.Id))));
        return new TopologyView(entities, relations);
    }

    private static EntityView Service((string Name, int? Port, string Command) service, bool calm)
    {
        var state = calm ? "ACTIVE" : service.Name switch
        {
            "postgresql" => "DOWN",
            "api" or "web" or "rabbitmq-server" or "prometheus" or "elasticsearch-data-node-eu-central" => "SUBOPTIMAL",
            _ => "ACTIVE",
        };
        return Entity(
            "service", service.Name, ("port", (long?)service.Port), ("command", service.Command),
            ("role", service.Port is null ? "client" : null),
            ("unit", service.Name + ".service"), ("pid", 1000L + service.Name.Length), ("user", "root")) with
        {
            State = state,
            OperationalState = state switch { "DOWN" => "ERROR", "SUBOPTIMAL" => "SUBOPTIMAL", _ => "OK" },
        };
    }

    private static EntityView Entity(string type, string name, params (string Name, object? Value)[] properties) =>
        new()
    {
        Type = type, Id = Id(type, name), Name = name, State = "ACTIVE", OperationalState = "OK",
        Properties = properties.ToDictionary(one => one.Name, one => one.Value),
    };

    private static RelationView Relation(
        string label, (string Type, string Name) from, (string Type, string Name) to) => new(
        label, new EntityRef(from.Type, Id(from.Type, from.Name)), new EntityRef(to.Type, Id(to.Type, to.Name)));
}
