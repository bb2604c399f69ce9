using System.Text;
using Ops.Collectors.Digests;

namespace Ops.Collectors.Libvirt.Domains;

/// <summary>The metadata of an instance's samples, made once for as long as nothing in it changes.</summary>
/// <remarks>
/// Keys and values are Ceilometer's for instances found through libvirt. Safe for concurrent use.
/// </remarks>
internal sealed class InstanceMetadata
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Token, Dictionary<string, object?> Made)> _variants = [];

    /// <summary>The metadata of that instance.</summary>
    public InstanceMetadata(InstanceIdentity identity)
    {
        Identity = identity;
        Shared = Make(identity);
    }

    /// <summary>What it was made from.</summary>
    public InstanceIdentity Identity { get; }

    /// <summary>What all samples of the instance bear.</summary>
    public IReadOnlyDictionary<string, object?> Shared { get; }

    /// <summary>Adds the number of CPUs.</summary>
    public IReadOnlyDictionary<string, object?> OfCpu(double? cpus) => cpus is { } count
        ? With("cpu", $"{count}", metadata => metadata["cpu_number"] = (long)count) : Shared;

    /// <summary>Adds a disk's name.</summary>
    public IReadOnlyDictionary<string, object?> OfDisk(string device) =>
        With($"disk {device}", "", metadata => metadata["disk_name"] = device);

    /// <summary>Adds the names of the disks that a sum is over.</summary>
    public IReadOnlyDictionary<string, object?> OfDisks(IReadOnlyList<string> devices) =>
        With("disks", string.Join('\n', devices), metadata => metadata["device"] = devices);

    /// <summary>Adds an interface.</summary>
    public IReadOnlyDictionary<string, object?> OfVnic(Vnic vnic)
    {
        var token = $"{vnic.Mac}\n{vnic.Filter}\n{string.Join('\n', vnic.Parameters)}";
        return With($"vnic {vnic.Device}", token, metadata =>
        {
            metadata["name"] = vnic.Device;
            metadata["mac"] = vnic.Mac;
            metadata["fref"] = vnic.Filter;
            metadata["parameters"] = vnic.Parameters.ToDictionary(pair => pair.Key, pair => (object?)pair.Value);
            metadata["vnic_name"] = vnic.Filter ?? vnic.Device;
        });
    }

    private Dictionary<string, object?> With(string slot, string token, Action<Dictionary<string, object?>> add)
    {
        lock (_lock)
        {
            if (_variants.TryGetValue(slot, out var known) && known.Token == token)
            {
                return known.Made;
            }

            var made = new Dictionary<string, object?>(Shared);
            add(made);
            if (_variants.Count >= DomainStats.MembersMax)
            {
                _variants.Clear();
            }

            _variants[slot] = (token, made);
            return made;
        }
    }

    private static Dictionary<string, object?> Make(InstanceIdentity identity)
    {
        var metadata = new Dictionary<string, object?>
        {
            ["display_name"] = identity.Name,
            ["name"] = identity.DomainName,
            ["instance_id"] = identity.Uuid,
            ["instance_type"] = identity.Flavor?.Name,
            ["host"] = HostId(identity.ProjectId, identity.Host),
            ["instance_host"] = identity.Host,
            ["flavor"] = OfFlavor(identity.Flavor),
            ["status"] = DomainState.Status(identity.State),
            ["state"] = DomainState.Power(identity.State),
            ["task_state"] = "",
            ["image"] = identity.ImageId is null ? null : new Dictionary<string, object?> { ["id"] = identity.ImageId },
            ["image_ref"] = identity.ImageId,
            ["image_ref_url"] = null,
            ["architecture"] = identity.Architecture,
            ["os_type"] = identity.OsType,
        };
        if (identity.Flavor is { } flavor)
        {
            metadata["vcpus"] = flavor.Vcpus;
            metadata["memory_mb"] = flavor.MemoryMb;
            metadata["disk_gb"] = flavor.DiskGb;
            metadata["ephemeral_gb"] = flavor.EphemeralGb;
            metadata["root_gb"] = flavor.DiskGb - flavor.EphemeralGb;
        }

        return metadata;
    }

    /// <summary>
    /// A flavor's id is Nova's secret; Ceilometer, too, gives the name where it cannot ask Nova.
    /// </summary>
    private static Dictionary<string, object?>? OfFlavor(Flavor? flavor) => flavor is null ? null : new()
    {
        ["id"] = flavor.Name,
        ["name"] = flavor.Name,
        ["vcpus"] = flavor.Vcpus,
        ["ram"] = flavor.MemoryMb,
        ["disk"] = flavor.DiskGb,
        ["ephemeral"] = flavor.EphemeralGb,
        ["swap"] = flavor.SwapMb,
    };

    /// <summary>Nova's <c>hostId</c>: the same for instances of one project on one host, and telling nothing else.
    /// </summary>
    private static string HostId(string? projectId, string host) =>
        projectId is null ? host : Convert.ToHexStringLower(Sha224.Hash(Encoding.UTF8.GetBytes(projectId + host)));
}
