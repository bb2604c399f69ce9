namespace Ops.Collectors.Libvirt.Domains;

/// <summary>What is known of an instance besides its figures.</summary>
/// <param name="Uuid">Its id.</param>
/// <param name="DomainName">Its name in libvirt.</param>
/// <param name="Host">The host it runs on.</param>
/// <param name="State">libvirt's number of its state.</param>
/// <param name="Architecture">Such as <c>x86_64</c>.</param>
/// <param name="OsType">Such as <c>hvm</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="ProjectId">The owner's project; null for a domain that is not Nova's.</param>
/// <param name="UserId">The owner; null as above.</param>
/// <param name="Flavor">Its flavor; null as above.</param>
/// <param name="ImageId">Its image, or null.</param>
internal sealed record InstanceIdentity(
    string Uuid, string DomainName, string Host, int State, string Architecture, string OsType, string Name,
    string? ProjectId, string? UserId, Flavor? Flavor, string? ImageId);
