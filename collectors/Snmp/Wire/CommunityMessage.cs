using System.Text;

namespace Ops.Collectors.Snmp.Wire;

/// <summary>A message of version 1 or 2c: a community and a PDU.</summary>
/// <param name="Version">0 for version 1, 1 for 2c.</param>
/// <param name="Community">The community.</param>
/// <param name="Pdu">What is said.</param>
internal sealed record CommunityMessage(int Version, string Community, SnmpPdu Pdu)
{
    /// <summary>The most octets of a message: what UDP carries.</summary>
    public const int BytesMax = 65_507;

    /// <summary>The version on the wire (0, 1 or 3), or -1 where the bytes are no SNMP.</summary>
    public static int VersionOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        var message = reader.Enter(SnmpTag.Sequence);
        var version = message.Integer();
        return message.Ok && version is 0 or 1 or 3 ? (int)version : -1;
    }

    /// <summary>Reads one; null where it is wrong.</summary>
    public static CommunityMessage? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        var message = reader.Enter(SnmpTag.Sequence);
        var version = message.Integer();
        var community = message.Octets(SnmpTag.Octets);
        if (!message.Ok || version is not (0 or 1))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(community);
        return SnmpPdu.Read(ref message) is { } pdu ? new CommunityMessage((int)version, text, pdu) : null;
    }

    /// <summary>Writes it.</summary>
    public byte[] Write()
    {
        var writer = new BerWriter();
        Pdu.Write(writer);
        writer.Octets(Encoding.UTF8.GetBytes(Community));
        writer.Integer(Version);
        writer.Wrap(SnmpTag.Sequence, 0);
        return writer.ToArray();
    }
}
