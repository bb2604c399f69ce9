namespace Ops.Collectors.Libvirt.Domains;

/// <summary>A domain as libvirt gives it.</summary>
/// <param name="Uuid">Its UUID: the instance's id in Nova.</param>
/// <param name="Name">Its name in libvirt, such as <c>instance-0000000a</c>.</param>
/// <param name="Xml">Its description.</param>
/// <param name="Stats">Its figures.</param>
internal sealed record RawDomain(string Uuid, string Name, string Xml, DomainStats Stats);

/// <summary>A domain that could not be read.</summary>
internal sealed record DomainFault(string Uuid, string Message);

/// <summary>All domains of a hypervisor.</summary>
internal sealed record DomainListing(IReadOnlyList<RawDomain> Domains, IReadOnlyList<DomainFault> Faults)
{
    /// <summary>No domains.</summary>
    public static readonly DomainListing Empty = new([], []);
}

/// <summary>The sizes of a disk, in bytes.</summary>
/// <param name="Device">Such as <c>vda</c>.</param>
/// <param name="Capacity">What the guest sees.</param>
/// <param name="Allocation">How much of it is in use.</param>
/// <param name="Physical">The size of the file or device behind it.</param>
internal sealed record DiskSpace(string Device, double Capacity, double Allocation, double Physical);

/// <summary>A domain began or ended something.</summary>
/// <param name="Uuid">The domain.</param>
/// <param name="Name">Its name in libvirt.</param>
/// <param name="Kind">libvirt's number of the lifecycle event.</param>
internal sealed record DomainEvent(string Uuid, string Name, int Kind);
