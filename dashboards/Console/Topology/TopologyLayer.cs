namespace Ops.Console.Topology;

/// <summary>The layers of the picture, from the world outside down to the machine.</summary>
public enum TopologyLayer
{
    /// <summary>What services talk to elsewhere.</summary>
    Endpoints,

    /// <summary>Services, containers, and whatever has no layer of its own.</summary>
    Services,

    /// <summary>Filesystems and network interfaces.</summary>
    Filesystems,

    /// <summary>Disks.</summary>
    Disks,

    /// <summary>Machines.</summary>
    Machines,
}

/// <summary>What stands in which layer.</summary>
public static class TopologyLayers
{
    /// <summary>The layer of an entity type; a type that is not known stands with the services.</summary>
    public static TopologyLayer Of(string type) => type switch
    {
        "endpoint" => TopologyLayer.Endpoints,
        "filesystem" or "interface" => TopologyLayer.Filesystems,
        "disk" => TopologyLayer.Disks,
        "machine" or "nova.host" => TopologyLayer.Machines,
        _ => TopologyLayer.Services,
    };

    /// <summary>The heading of a layer.</summary>
    public static string Title(this TopologyLayer layer) => layer switch
    {
        TopologyLayer.Endpoints => "Remote endpoints",
        TopologyLayer.Services => "Services",
        TopologyLayer.Filesystems => "Filesystems and interfaces",
        TopologyLayer.Disks => "Disks",
        _ => "Machine",
    };
}
