using System.Security.Cryptography;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Security;

/// <summary>How the opening of a version 3 message went.</summary>
internal enum UsmOutcome
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It is no version 3 message.</summary>
    Malformed,

    /// <summary>It is not as safe as its user's messages must be.</summary>
    WrongLevel,

    /// <summary>Its signature is not the user's.</summary>
    WrongSignature,

    /// <summary>It does not decrypt to a PDU.</summary>
    WrongKey,
}

/// <summary>A version 3 message: header, context and PDU. Source: RFC 3412, RFC 3414.</summary>
/// <param name="Header">What stands before the PDU.</param>
/// <param name="ContextEngineId">The engine whose objects are meant.</param>
/// <param name="Context">Which set of its objects; usually empty.</param>
/// <param name="Pdu">What is said.</param>
internal sealed record UsmMessage(UsmHeader Header, byte[] ContextEngineId, string Context, SnmpPdu Pdu)
{
    /// <summary>Reads just the header; null where the bytes are no version 3 message.</summary>
    public static UsmHeader? Peek(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        var message = reader.Enter(SnmpTag.Sequence);
        return UsmHeader.Read(ref message);
    }

    /// <summary>Checks, decrypts and reads a message.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="keys">The sender's keys; the message must be as safe as they make it.</param>
    /// <param name="outcome">How it went.</param>
    public static UsmMessage? Open(ReadOnlySpan<byte> bytes, UsmKeys keys, out UsmOutcome outcome)
    {
        outcome = UsmOutcome.Malformed;
        var reader = new BerReader(bytes);
        var message = reader.Enter(SnmpTag.Sequence);
        if (UsmHeader.Read(ref message) is not { } header)
        {
            return null;
        }

        if ((header.Flags & 3) != keys.Flags)
        {
            outcome = UsmOutcome.WrongLevel;
            return null;
        }

        if (header.IsSigned && !IsSignedBy(bytes, header, keys))
        {
            outcome = UsmOutcome.WrongSignature;
            return null;
        }

        if (!header.IsEncrypted)
        {
            var opened = ReadScoped(ref message, header);
            outcome = opened is null ? UsmOutcome.Malformed : UsmOutcome.Ok;
            return opened;
        }

        var plain = UsmPrivacy.Decrypt(
            keys.Priv, keys.PrivKey, header.Boots, header.Time, header.Salt, message.Octets(SnmpTag.Octets));
        var scoped = new BerReader(plain);
        var decrypted = plain is null ? null : ReadScoped(ref scoped, header);
        outcome = decrypted is null ? UsmOutcome.WrongKey : UsmOutcome.Ok;
        return decrypted;
    }

    /// <summary>Writes, encrypts and signs it.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="salt">A number used once with these keys.</param>
    public byte[] Write(UsmKeys keys, ulong salt)
    {
        var writer = new BerWriter();
        Pdu.Write(writer);
        writer.Octets(System.Text.Encoding.UTF8.GetBytes(Context));
        writer.Octets(ContextEngineId);
        writer.Wrap(SnmpTag.Sequence, 0);
        var sentSalt = Array.Empty<byte>();
        if (keys.Priv != SnmpPrivProtocol.None)
        {
            (var sent, sentSalt) = UsmPrivacy.Encrypt(
                keys.Priv, keys.PrivKey, Header.Boots, Header.Time, salt, writer.ToArray());
            writer = new BerWriter();
            writer.Octets(sent);
        }

        var header = Header with
        {
            Flags = (byte)((Header.Flags & UsmHeader.Reportable) | keys.Flags), Salt = sentSalt,
            Signature = new byte[UsmAuth.SignatureLength(keys.Auth)],
        };
        var signatureEnd = header.Write(writer);
        var message = writer.ToArray();
        if (keys.Auth != SnmpAuthProtocol.None)
        {
            var signature = UsmAuth.Sign(keys.Auth, keys.AuthKey, message);
            signature.CopyTo(message.AsSpan(message.Length - signatureEnd - signature.Length));
        }

        return message;
    }

    private static bool IsSignedBy(ReadOnlySpan<byte> bytes, UsmHeader header, UsmKeys keys)
    {
        var length = UsmAuth.SignatureLength(keys.Auth);
        var at = SignatureAt(bytes);
        if (header.Signature.Length != length || at < 0)
        {
            return false;
        }

        var blank = bytes.ToArray();
        blank.AsSpan(at, length).Clear();
        return CryptographicOperations.FixedTimeEquals(UsmAuth.Sign(keys.Auth, keys.AuthKey, blank), header.Signature);
    }

    /// <summary>Where the signature's octets stand, by what the readers have left before and after it.</summary>
    private static int SignatureAt(ReadOnlySpan<byte> bytes)
    {
        var reader = new BerReader(bytes);
        var message = reader.Enter(SnmpTag.Sequence);
        var messageEnd = bytes.Length - reader.Left;
        message.Integer();
        message.Octets(SnmpTag.Sequence);
        var security = new BerReader(message.Octets(SnmpTag.Octets));
        var securityEnd = messageEnd - message.Left;
        var fields = security.Enter(SnmpTag.Sequence);
        var fieldsEnd = securityEnd - security.Left;
        fields.Octets(SnmpTag.Octets);
        fields.Integer();
        fields.Integer();
        fields.Octets(SnmpTag.Octets);
        var signature = fields.Octets(SnmpTag.Octets);
        return fields.Ok ? fieldsEnd - fields.Left - signature.Length : -1;
    }

    private static UsmMessage? ReadScoped(ref BerReader from, UsmHeader header)
    {
        var scoped = from.Enter(SnmpTag.Sequence);
        var engineId = scoped.Octets(SnmpTag.Octets).ToArray();
        var context = System.Text.Encoding.UTF8.GetString(scoped.Octets(SnmpTag.Octets));
        return scoped.Ok && SnmpPdu.Read(ref scoped) is { } pdu ? new UsmMessage(header, engineId, context, pdu) : null;
    }
}
