using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>Makes notifications of datagrams. Not safe for concurrent use.</summary>
internal sealed class TrapOpener(SnmpTrapOptions options, TimeProvider time)
{
    private readonly TrapGate _gate = new(options, time);
    private readonly TrapEngine _engine = new(options, time);
    private readonly byte[][] _communities = [.. options.Communities.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Opens one.</summary>
    public TrapOutcome Open(byte[] bytes, IPAddress source)
    {
        if (_gate.Refusal(source) is { } refusal)
        {
            return TrapOutcome.Drop(refusal);
        }

        return CommunityMessage.VersionOf(bytes) switch
        {
            3 => _engine.Open(bytes, source),
            0 or 1 => OpenCommunity(bytes, source),
            _ => TrapOutcome.Drop("malformed"),
        };
    }

    private TrapOutcome OpenCommunity(byte[] bytes, IPAddress source)
    {
        if (CommunityMessage.Read(bytes) is not { } message)
        {
            return TrapOutcome.Drop("malformed");
        }

        var community = Encoding.UTF8.GetBytes(message.Community);
        if (!_communities.Any(known => CryptographicOperations.FixedTimeEquals(known, community)))
        {
            return TrapOutcome.Drop("unknown community");
        }

        var reply = message.Pdu.Type == SnmpTag.Inform
            ? (message with { Pdu = message.Pdu with { Type = SnmpTag.Response, ErrorStatus = 0, ErrorIndex = 0 } })
                .Write()
            : null;
        return SnmpTrap.From(source, message.Version == 0 ? "1" : "2c", message.Pdu, reply) is { } trap
            ? new TrapOutcome(trap, null)
            : TrapOutcome.Drop("no notification");
    }
}
