using System.Runtime.InteropServices;

namespace Ops.Collectors.Libvirt.Native;

/// <summary>The libvirt of this machine.</summary>
/// <param name="library">The library that must be there.</param>
internal sealed class NativeLibvirt(string library = LibvirtLibrary.Name) : ILibvirt
{
    /// <summary>Seconds between keep-alives, and how many may go unanswered before the connection counts as lost.
    /// </summary>
    private const int KeepAliveSeconds = 5;
    private const uint KeepAliveCount = 3;

    /// <inheritdoc/>
    public ILibvirtConnection Open(string uri)
    {
        if (!NativeLibrary.TryLoad(library, out _))
        {
            throw new LibvirtException(0, 0, $"the library {library} is not installed (Debian: libvirt0)")
            {
                IsLibraryMissing = true,
            };
        }

        EventLoop.Start();
        var connection = LibvirtLibrary.virConnectOpenReadOnly(uri);
        if (connection == 0)
        {
            throw LibvirtException.Last($"cannot connect to {uri}");
        }

        // A hypervisor without a daemon, such as test:///default, needs no keep-alive and refuses it.
        _ = LibvirtLibrary.virConnectSetKeepAlive(connection, KeepAliveSeconds, KeepAliveCount);
        return new NativeConnection(connection);
    }
}
