using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ops.Collectors.Digests;

namespace Ops.Collectors.Snmp.Security;

/// <summary>Keys and signatures of the user-based security model. Source: RFC 3414, appendix A.2; RFC 7860.</summary>
internal static class UsmAuth
{
    /// <summary>The fewest letters of a password. Source: RFC 3414, section 11.2.</summary>
    public const int PasswordLengthMin = 8;

    private const int Megabyte = 1 << 20;
    private const int CacheMax = 256;

    /// <summary>Keys by password: each costs the hash of a megabyte. The key is a hash of the password, not itself.
    /// </summary>
    private static readonly ConcurrentDictionary<(SnmpAuthProtocol, string), byte[]> Cache = new();

    /// <summary>How many octets a signature has.</summary>
    public static int SignatureLength(SnmpAuthProtocol protocol) => protocol switch
    {
        SnmpAuthProtocol.Md5 or SnmpAuthProtocol.Sha1 => 12,
        SnmpAuthProtocol.Sha224 => 16,
        SnmpAuthProtocol.Sha256 => 24,
        SnmpAuthProtocol.Sha384 => 32,
        SnmpAuthProtocol.Sha512 => 48,
        _ => 0,
    };

    /// <summary>The key that a password gives for an engine.</summary>
    public static byte[] LocalKey(SnmpAuthProtocol protocol, string password, ReadOnlySpan<byte> engineId) =>
        Localise(protocol, Key(protocol, password), engineId);

    /// <summary>A key for one engine: the hash of key, engine and key.</summary>
    public static byte[] Localise(SnmpAuthProtocol protocol, ReadOnlySpan<byte> key, ReadOnlySpan<byte> engineId) =>
        Hash(protocol, [.. key, .. engineId, .. key]);

    /// <summary>The hash of a megabyte of the password, repeated.</summary>
    public static byte[] KeyOf(SnmpAuthProtocol protocol, ReadOnlySpan<byte> password)
    {
        var text = new byte[Megabyte];
        for (var i = 0; i < Megabyte && password.Length > 0; i++)
        {
            text[i] = password[i % password.Length];
        }

        return Hash(protocol, text);
    }

    /// <summary>A hash by the protocol's function.</summary>
    public static byte[] Hash(SnmpAuthProtocol protocol, ReadOnlySpan<byte> data) => protocol switch
    {
        SnmpAuthProtocol.Md5 => MD5.HashData(data),
        SnmpAuthProtocol.Sha1 => SHA1.HashData(data),
        SnmpAuthProtocol.Sha224 => Sha224.Hash(data),
        SnmpAuthProtocol.Sha256 => SHA256.HashData(data),
        SnmpAuthProtocol.Sha384 => SHA384.HashData(data),
        _ => SHA512.HashData(data),
    };

    /// <summary>The signature of a message whose own signature is zeros.</summary>
    public static byte[] Sign(SnmpAuthProtocol protocol, ReadOnlySpan<byte> localKey, ReadOnlySpan<byte> message)
    {
        var whole = protocol switch
        {
            SnmpAuthProtocol.Md5 => HMACMD5.HashData(localKey, message),
            SnmpAuthProtocol.Sha1 => HMACSHA1.HashData(localKey, message),
            SnmpAuthProtocol.Sha224 => Sha224.Hmac(localKey, message),
            SnmpAuthProtocol.Sha256 => HMACSHA256.HashData(localKey, message),
            SnmpAuthProtocol.Sha384 => HMACSHA384.HashData(localKey, message),
            _ => HMACSHA512.HashData(localKey, message),
        };
        return whole[..SignatureLength(protocol)];
    }

    private static byte[] Key(SnmpAuthProtocol protocol, string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        var name = (protocol, Convert.ToHexString(SHA256.HashData(bytes)));
        if (Cache.TryGetValue(name, out var known))
        {
            return known;
        }

        if (Cache.Count >= CacheMax)
        {
            Cache.Clear();
        }

        return Cache[name] = KeyOf(protocol, bytes);
    }
}
