namespace Ops.Collectors.Libvirt.Domains;

/// <summary>The sizes of an instance's disks.</summary>
/// <param name="Disks">Those that are known.</param>
/// <param name="IsRefused">Whether the hypervisor will never tell.</param>
internal sealed record SpaceReading(IReadOnlyList<DiskSpace> Disks, bool IsRefused);
