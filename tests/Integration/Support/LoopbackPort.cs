using System.Net;
using System.Net.Sockets;

namespace Ops.Integration.Support;

/// <summary>Finds ports that nothing listens on.</summary>
public static class LoopbackPort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
