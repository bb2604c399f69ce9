using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ops.Collectors.Snmp.Security;

/// <summary>Encrypts and decrypts scoped PDUs. Source: RFC 3414, section 8; RFC 3826.</summary>
internal static class UsmPrivacy
{
    /// <summary>Octets of the salt that a message carries.</summary>
    public const int SaltLength = 8;

    private const int DesBlock = 8;
    private const int AesBlock = 16;

    /// <summary>How many octets of key the protocol needs.</summary>
    public static int KeyLength(SnmpPrivProtocol protocol) => protocol switch
    {
        SnmpPrivProtocol.None => 0,
        SnmpPrivProtocol.Des or SnmpPrivProtocol.Aes128 => 16,
        SnmpPrivProtocol.Aes192 or SnmpPrivProtocol.Aes192Cisco => 24,
        _ => 32,
    };

    /// <summary>The key that a password gives for an engine, made by the hash of the authentication.</summary>
    public static byte[] LocalKey(
        SnmpPrivProtocol protocol, SnmpAuthProtocol auth, string password, ReadOnlySpan<byte> engineId)
    {
        var length = KeyLength(protocol);
        var key = UsmAuth.LocalKey(auth, password, engineId);
        var isCisco = protocol is SnmpPrivProtocol.Aes192Cisco or SnmpPrivProtocol.Aes256Cisco;
        var block = key;
        while (key.Length < length)
        {
            block = isCisco
                ? UsmAuth.Localise(auth, UsmAuth.KeyOf(auth, block), engineId)
                : UsmAuth.Hash(auth, key);
            key = [.. key, .. block];
        }

        return key[..length];
    }

    /// <summary>Encrypts.</summary>
    /// <param name="protocol">How.</param>
    /// <param name="key">The local key.</param>
    /// <param name="boots">How often the authoritative engine started.</param>
    /// <param name="time">For how many seconds it has run.</param>
    /// <param name="salt">A number used once.</param>
    /// <param name="plain">The scoped PDU.</param>
    /// <returns>What is sent, and the salt as it stands in the message.</returns>
    public static (byte[] Sent, byte[] Salt) Encrypt(
        SnmpPrivProtocol protocol, byte[] key, int boots, int time, ulong salt, ReadOnlySpan<byte> plain)
    {
        var sentSalt = new byte[SaltLength];
        if (protocol == SnmpPrivProtocol.Des)
        {
            BinaryPrimitives.WriteInt32BigEndian(sentSalt, boots);
            BinaryPrimitives.WriteUInt32BigEndian(sentSalt.AsSpan(4), (uint)salt);
            using var des = DES.Create();
            des.Key = key[..DesBlock];
            return (des.EncryptCbc(Padded(plain, DesBlock), DesVector(key, sentSalt), PaddingMode.None), sentSalt);
        }

        BinaryPrimitives.WriteUInt64BigEndian(sentSalt, salt);
        using var aes = Aes.Create();
        aes.Key = key;
        var whole = aes.EncryptCfb(
            Padded(plain, AesBlock), AesVector(boots, time, sentSalt), PaddingMode.None, AesBlock * 8);
        return (whole[..plain.Length], sentSalt);
    }

    /// <summary>Decrypts; null where salt or length cannot be right.</summary>
    public static byte[]? Decrypt(
        SnmpPrivProtocol protocol, byte[] key, int boots, int time, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> sent)
    {
        if (salt.Length != SaltLength || sent.IsEmpty)
        {
            return null;
        }

        if (protocol == SnmpPrivProtocol.Des)
        {
            using var des = DES.Create();
            des.Key = key[..DesBlock];
            return sent.Length % DesBlock == 0
                ? des.DecryptCbc(sent, DesVector(key, salt), PaddingMode.None)
                : null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var whole = aes.DecryptCfb(
            Padded(sent, AesBlock), AesVector(boots, time, salt), PaddingMode.None, AesBlock * 8);
        return whole[..sent.Length];
    }

    /// <summary>CFB works on a stream: the zeros that fill the last block are cut off again.</summary>
    private static byte[] Padded(ReadOnlySpan<byte> bytes, int block)
    {
        var padded = new byte[(bytes.Length + block - 1) / block * block];
        bytes.CopyTo(padded);
        return padded;
    }

    private static byte[] DesVector(byte[] key, ReadOnlySpan<byte> salt)
    {
        var vector = new byte[DesBlock];
        for (var i = 0; i < DesBlock; i++)
        {
            vector[i] = (byte)(key[DesBlock + i] ^ salt[i]);
        }

        return vector;
    }

    private static byte[] AesVector(int boots, int time, ReadOnlySpan<byte> salt)
    {
        var vector = new byte[AesBlock];
        BinaryPrimitives.WriteInt32BigEndian(vector, boots);
        BinaryPrimitives.WriteInt32BigEndian(vector.AsSpan(4), time);
        salt.CopyTo(vector.AsSpan(8));
        return vector;
    }
}
