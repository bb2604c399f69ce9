using Ops.Collectors.Libvirt.Domains;
using Ops.Model;

namespace Ops.Collectors.Libvirt;

/// <summary>What instances are in the entity graph: on their host, with their ports.</summary>
/// <remarks>Types, relations and states are those of Vitrage's Nova datasource.</remarks>
internal static class InstanceObservations
{
    /// <summary>The entity type of instances.</summary>
    public const string Instance = "nova.instance";

    /// <summary>The entity type of compute hosts.</summary>
    public const string ComputeHost = "nova.host";

    private const string Port = "neutron.port";
    private const string Datasource = "libvirt";

    /// <summary>The host; its state is for Nova to say.</summary>
    public static Observation OfHost(LibvirtAgent agent) => new()
    {
        Entity = new EntityRef(ComputeHost, agent.Host),
        Name = agent.Host,
        Properties = new Dictionary<string, object?> { ["hypervisor_uri"] = agent.Uri },
        Datasource = Datasource,
    };

    /// <summary>An instance.</summary>
    public static Observation Of(InstanceReading reading)
    {
        var identity = reading.Identity;
        return new Observation
        {
            Entity = new EntityRef(Instance, identity.Uuid),
            Name = identity.Name,
            State = DomainState.Status(identity.State).ToUpperInvariant(),
            Properties = new Dictionary<string, object?>
            {
                ["instance_name"] = identity.DomainName,
                ["power_state"] = DomainState.Power(identity.State),
                ["project_id"] = identity.ProjectId,
                ["user_id"] = identity.UserId,
                ["flavor"] = identity.Flavor?.Name,
                ["image_id"] = identity.ImageId,
                ["host"] = identity.Host,
            },
            Relations =
            [
                new ObservedRelation("contains", RelationDirection.In, new EntityRef(ComputeHost, identity.Host)),
                .. reading.Ports.Select(id => new ObservedRelation(
                    "attached", RelationDirection.In, new EntityRef(Port, id))),
            ],
            Datasource = Datasource,
        };
    }

    /// <summary>The end of an instance.</summary>
    public static Observation Gone(string uuid) => new()
    {
        Entity = new EntityRef(Instance, uuid), Action = ObservationAction.Delete, Datasource = Datasource,
    };
}
