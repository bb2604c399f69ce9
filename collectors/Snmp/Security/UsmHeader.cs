using System.Text;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Security;

/// <summary>What stands before the PDU of a version 3 message. Source: RFC 3412, section 6; RFC 3414, section 2.4.
/// </summary>
internal sealed record UsmHeader
{
    /// <summary>The flag of a message that may be answered with a report.</summary>
    public const byte Reportable = 4;

    private const int UserSecurityModel = 3;
    private const int FieldMax = 64;

    /// <summary>The message's number, which the answer repeats.</summary>
    public int MessageId { get; init; }

    /// <summary>1 signed, 2 encrypted, 4 reportable.</summary>
    public byte Flags { get; init; }

    /// <summary>The engine whose clock counts; empty to discover it.</summary>
    public byte[] EngineId { get; init; } = [];

    /// <summary>How often that engine started.</summary>
    public int Boots { get; init; }

    /// <summary>For how many seconds it has run.</summary>
    public int Time { get; init; }

    /// <summary>The user.</summary>
    public string User { get; init; } = "";

    /// <summary>The signature.</summary>
    public byte[] Signature { get; init; } = [];

    /// <summary>The salt.</summary>
    public byte[] Salt { get; init; } = [];

    /// <summary>Whether the message is signed.</summary>
    public bool IsSigned => (Flags & 1) != 0;

    /// <summary>Whether it is encrypted.</summary>
    public bool IsEncrypted => (Flags & 2) != 0;

    /// <summary>Reads the header; null where it is wrong. The reader then stands at the scoped PDU.</summary>
    public static UsmHeader? Read(ref BerReader message)
    {
        var version = message.Integer();
        var global = message.Enter(SnmpTag.Sequence);
        var messageId = global.Integer32();
        global.Integer32();
        var flags = global.Octets(SnmpTag.Octets);
        var model = global.Integer32();
        var security = new BerReader(message.Octets(SnmpTag.Octets));
        var fields = security.Enter(SnmpTag.Sequence);
        var engineId = fields.Octets(SnmpTag.Octets);
        var boots = fields.Integer32();
        var time = fields.Integer32();
        var user = fields.Octets(SnmpTag.Octets);
        var signature = fields.Octets(SnmpTag.Octets);
        var salt = fields.Octets(SnmpTag.Octets);
        if (!message.Ok || !global.Ok || !fields.Ok || version != 3 || model != UserSecurityModel || flags.Length != 1
            || engineId.Length > FieldMax || user.Length > FieldMax || signature.Length > FieldMax
            || salt.Length > FieldMax || boots < 0 || time < 0 || (flags[0] & 3) == 2)
        {
            return null;
        }

        return new UsmHeader
        {
            MessageId = messageId, Flags = flags[0], EngineId = engineId.ToArray(), Boots = boots, Time = time,
            User = Encoding.UTF8.GetString(user), Signature = signature.ToArray(), Salt = salt.ToArray(),
        };
    }

    /// <summary>Writes the header before what the writer holds, and says how far from the end the signature stands.
    /// </summary>
    public int Write(BerWriter to)
    {
        var mark = to.Length;
        to.Octets(Salt);
        var signatureEnd = to.Length;
        to.Octets(Signature);
        to.Octets(Encoding.UTF8.GetBytes(User));
        to.Integer(Time);
        to.Integer(Boots);
        to.Octets(EngineId);
        to.Wrap(SnmpTag.Sequence, mark);
        to.Wrap(SnmpTag.Octets, mark);
        mark = to.Length;
        to.Integer(UserSecurityModel);
        to.Octets([Flags]);
        to.Integer(CommunityMessage.BytesMax);
        to.Integer(MessageId);
        to.Wrap(SnmpTag.Sequence, mark);
        to.Integer(3);
        to.Wrap(SnmpTag.Sequence, 0);
        return signatureEnd;
    }
}
