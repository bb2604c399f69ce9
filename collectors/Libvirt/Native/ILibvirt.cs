using Ops.Collectors.Libvirt.Domains;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>Opens connections to hypervisors.</summary>
internal interface ILibvirt
{
    /// <summary>Connects, read-only.</summary>
    /// <exception cref="LibvirtException">It failed, or the library is not there.</exception>
    ILibvirtConnection Open(string uri);
}

/// <summary>A connection to a hypervisor; to be used by one thread at a time.</summary>
internal interface ILibvirtConnection : IDisposable
{
    /// <summary>Every domain with its figures and its description.</summary>
    /// <exception cref="LibvirtException">The connection is lost, or the hypervisor refuses.</exception>
    DomainListing Read();

    /// <summary>The sizes of disks of a domain that runs, in the order of the devices.</summary>
    /// <exception cref="LibvirtException">The domain is gone, or does not say.</exception>
    IReadOnlyList<DiskSpace> ReadSpace(string uuid, IReadOnlyList<string> devices);

    /// <summary>Tells of domains that start, stop, pause, resume or crash, from a thread of libvirt's own.</summary>
    /// <exception cref="LibvirtException">The hypervisor has no events.</exception>
    void Watch(Action<DomainEvent> onEvent);

    /// <summary>Whether it is still connected.</summary>
    bool IsAlive { get; }
}
