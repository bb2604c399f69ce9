namespace Ops.Collectors.Libvirt.Domains;

/// <summary>What the description of a domain says of its instance.</summary>
/// <param name="Architecture">Such as <c>x86_64</c>.</param>
/// <param name="OsType">Such as <c>hvm</c>.</param>
/// <param name="Disks">The devices that have a source, such as <c>vda</c>.</param>
/// <param name="Vnics">The interfaces that have a device on the host.</param>
/// <param name="Nova">What Nova noted; null where it noted nothing.</param>
internal sealed record DomainDescription(
    string Architecture, string OsType, IReadOnlyList<string> Disks, IReadOnlyList<Vnic> Vnics, NovaMetadata? Nova);

/// <summary>A network interface of a domain.</summary>
/// <param name="Device">Its device on the host, such as <c>tap0a1b2c3d-4e</c>.</param>
/// <param name="Mac">Its address.</param>
/// <param name="Filter">The filter that is set on it, or null.</param>
/// <param name="Parameters">
/// The filter's parameters, names in lower case, with <c>interfaceid</c> and <c>bridge</c>; in order of name.
/// </param>
internal sealed record Vnic(
    string Device, string Mac, string? Filter, IReadOnlyList<KeyValuePair<string, string?>> Parameters);

/// <summary>What Nova writes into the metadata of a domain.</summary>
/// <param name="Name">The instance's name for people.</param>
/// <param name="ProjectId">The owner's project.</param>
/// <param name="UserId">The owner.</param>
/// <param name="Flavor">Its flavor.</param>
/// <param name="ImageId">The image that it was made from; null where it boots from a volume.</param>
internal sealed record NovaMetadata(string Name, string ProjectId, string UserId, Flavor Flavor, string? ImageId)
{
    /// <summary>The ids of its ports, where this Nova writes them.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];
}

/// <summary>A flavor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Vcpus">CPUs.</param>
/// <param name="MemoryMb">Memory, MB.</param>
/// <param name="DiskGb">Root disk, GB.</param>
/// <param name="EphemeralGb">Ephemeral disk, GB.</param>
/// <param name="SwapMb">Swap, MB.</param>
internal sealed record Flavor(
    string Name, long Vcpus, long MemoryMb, long DiskGb, long EphemeralGb, long SwapMb);
