using System.Globalization;
using Ops.Model;
using static Ops.Collectors.Machine.Topology.EntityTypes;

namespace Ops.Collectors.Machine.Topology;

/// <summary>Draws the machine as entities and relations from what a poll found.</summary>
internal sealed class MachinePicture(string machine, MachineParts parts, ServiceTracker tracker)
{
    private static readonly RelationKind[] OfDisks = [new(On, RelationDirection.Out, Disk)];

    private static readonly RelationKind[] OfServices =
    [
        new(Connects, RelationDirection.Out, Service),
        new(Connects, RelationDirection.Out, EntityTypes.Endpoint),
        new(Uses, RelationDirection.Out, Filesystem),
        new(Uses, RelationDirection.Out, Interface),
        new(On, RelationDirection.Out, Container),
    ];

    private readonly EntityRef _machine = new(MachineType, machine);

    /// <summary>The kernel's release, or empty.</summary>
    public string Kernel { get; set; } = "";

    /// <summary>Draws everything; neighbours come before those that name them.</summary>
    public List<EntityPicture> Draw()
    {
        var pictures = new List<EntityPicture>
        {
            new() { Entity = _machine, Name = machine, Properties = { ["kernel"] = Kernel } },
        };
        pictures.AddRange(parts.Disks.OrderBy(disk => disk.Under.Count).Select(Draw));
        pictures.AddRange(parts.Filesystems.Select(Draw));
        pictures.AddRange(parts.Interfaces.Select(Draw));
        pictures.AddRange(Containers());
        pictures.AddRange(tracker.Endpoints.Select(end => new EntityPicture { Entity = end, Name = end.Id }));
        pictures.AddRange(tracker.ById.Values.Select(Draw));
        return pictures;
    }

    private EntityPicture Draw(DiskPart disk) => new()
    {
        Entity = new EntityRef(Disk, disk.Resource.Id),
        Name = disk.Name,
        Properties = { ["size_bytes"] = disk.SizeBytes },
        Relations = [Contained(), .. disk.Under.Select(under => Out(On, Disk, $"/{under}"))],
        Complete = OfDisks,
    };

    private EntityPicture Draw(FilesystemPart part)
    {
        var picture = new EntityPicture
        {
            Entity = new EntityRef(Filesystem, part.Resource.Id),
            Name = part.Mount.Path,
            Properties =
            {
                ["mount"] = part.Mount.Path, ["fstype"] = part.Mount.Type, ["device"] = part.Mount.Source,
                ["read_only"] = part.Mount.IsReadOnly,
            },
            Relations = [Contained()],
            Complete = OfDisks,
        };
        if (part.Disk is { } disk && parts.Disks.Any(known => known.Name == disk))
        {
            picture.Relations.Add(Out(On, Disk, $"/{disk}"));
        }

        return picture;
    }

    private EntityPicture Draw(InterfacePart part) => new()
    {
        Entity = new EntityRef(Interface, part.Resource.Id),
        Name = part.Name,
        State = part.IsUp ? Active : Down,
        Relations = [Contained()],
    };

    private IEnumerable<EntityPicture> Containers() => tracker.ById.Values
        .Where(service => service.ContainerId is not null)
        .GroupBy(service => service.ContainerId!)
        .Where(services => services.Any(service => service.IsUp))
        .Select(services => new EntityPicture
        {
            Entity = ContainerEntity(services.Key),
            Name = Short(services.Key),
            Properties =
            {
                ["runtime"] = services.SelectMany(service => service.Owners).FirstOrDefault()?.Group.Runtime ?? "",
                ["container_id"] = services.Key,
            },
            Relations = [Contained()],
        });

    private EntityPicture Draw(KnownService service)
    {
        var ports = string.Join(',', service.Ports.Select(port => port.ToString(CultureInfo.InvariantCulture)));
        var picture = new EntityPicture
        {
            Entity = service.Entity,
            Name = service.Name,
            State = service.IsUp ? Active : Down,
            Properties =
            {
                ["command"] = service.Command, ["unit"] = service.Unit, ["user"] = service.User,
                ["pid"] = service.IsUp ? (long)service.ProcessId : null,
                ["port"] = service.IsClient ? null : (long)service.Port,
                ["ports"] = ports, ["role"] = service.IsClient ? "client" : "server",
            },
            Relations = [Contained()],
            Complete = OfServices,
        };
        AddRelations(service, picture.Relations);
        return picture;
    }

    private void AddRelations(KnownService service, List<ObservedRelation> relations)
    {
        foreach (var end in service.Connections.Where(pair => pair.Value.IsShown).Select(pair => pair.Key)
            .OrderBy(end => end.Type, StringComparer.Ordinal).ThenBy(end => end.Id, StringComparer.Ordinal))
        {
            relations.Add(new ObservedRelation(Connects, RelationDirection.Out, end));
        }

        var shown = service.WritesTo.Select(parts.Shown).OfType<FilesystemPart>().Select(part => part.Resource.Id);
        foreach (var id in shown.Distinct())
        {
            relations.Add(new ObservedRelation(Uses, RelationDirection.Out, new EntityRef(Filesystem, id)));
        }

        foreach (var name in service.Interfaces.Where(name => parts.Interfaces.Any(part => part.Name == name)))
        {
            relations.Add(Out(Uses, Interface, $"/{name}"));
        }

        if (service is { ContainerId: { } container, IsUp: true })
        {
            relations.Add(new ObservedRelation(On, RelationDirection.Out, ContainerEntity(container)));
        }
    }

    private ObservedRelation Contained() => new(Contains, RelationDirection.In, _machine);

    private ObservedRelation Out(string label, string type, string path) =>
        new(label, RelationDirection.Out, new EntityRef(type, $"{machine}/{type}{path}"));

    private EntityRef ContainerEntity(string id) => new(Container, $"{machine}/{Container}/{Short(id)}");

    private static string Short(string id) => id[..Math.Min(12, id.Length)];
}
