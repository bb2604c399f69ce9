using System.Net;
using System.Net.Sockets;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Session;

/// <summary>Carries messages over UDP, IPv4 and IPv6.</summary>
/// <remarks>
/// Each exchange has a socket of its own, connected to the agent: its port is one that nobody can guess, and the system
/// passes nothing that comes from elsewhere.
/// </remarks>
internal sealed class UdpSnmpTransport(TimeProvider time) : ISnmpTransport
{
    /// <summary>The most messages of one exchange that are looked at.</summary>
    public const int MessagesMax = 64;

    /// <inheritdoc/>
    public async Task<SnmpCarried> AskAsync(
        SnmpTarget target, byte[] message, Func<byte[], bool> isAnswer, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var addresses = IPAddress.TryParse(target.Address, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(target.Address, both.Token).ConfigureAwait(false);
            if (addresses.Length == 0)
            {
                return new SnmpCarried(null, "its name has no address");
            }

            using var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(new IPEndPoint(addresses[0], target.Port), both.Token).ConfigureAwait(false);
            await socket.SendAsync(message, SocketFlags.None, both.Token).ConfigureAwait(false);
            var buffer = new byte[CommunityMessage.BytesMax];
            for (var i = 0; i < MessagesMax; i++)
            {
                var count = await socket.ReceiveAsync(buffer, SocketFlags.None, both.Token).ConfigureAwait(false);
                var came = buffer[..count];
                if (isAnswer(came))
                {
                    return new SnmpCarried(came);
                }
            }

            return new SnmpCarried(null, $"{MessagesMax} messages came, none of them the answer");
        }
        catch (SocketException fault)
        {
            return new SnmpCarried(
                null,
                fault.SocketErrorCode == SocketError.ConnectionRefused ? "nothing listens there" : fault.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SnmpCarried(null, "no answer");
        }
    }
}
