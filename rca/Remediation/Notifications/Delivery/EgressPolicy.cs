using System.Net;
using System.Net.Sockets;

namespace Ops.Remediation.Notifications.Delivery;

/// <summary>
/// Which addresses outbound calls may reach. Checked on the address that a name resolved to, at every connect.
/// </summary>
public static class EgressPolicy
{
    /// <summary>The address at which clouds serve credentials over IPv6.</summary>
    private static readonly IPAddress MetadataV6 = IPAddress.Parse("fd00:ec2::254");

    /// <summary>Allows all but 169.254.0.0/16, fe80::/10 and fd00:ec2::254, where clouds serve credentials.</summary>
    public static bool AllButLinkLocal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !plain.IsIPv6LinkLocal && !plain.Equals(MetadataV6);
        }

        var bytes = plain.GetAddressBytes();
        return bytes[0] != 169 || bytes[1] != 254;
    }

    /// <summary>Connects to the first address of the endpoint that may be called and answers.</summary>
    /// <exception cref="EgressRefusedException">None of its addresses may be called.</exception>
    internal static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint endpoint, Func<IPAddress, bool> mayCall, CancellationToken cancellationToken)
    {
        var resolved = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = resolved.Where(mayCall).ToArray();
        if (allowed.Length == 0)
        {
            throw new EgressRefusedException(
                $"address {string.Join(", ", resolved.Select(address => address.ToString()))} of {endpoint.Host} "
                + "is refused by the egress policy");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The egress policy does not allow the call.</summary>
internal sealed class EgressRefusedException(string message) : IOException(message);
