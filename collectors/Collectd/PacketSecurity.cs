using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ops.Collectors.Collectd;

/// <summary>Checks signatures of packets and opens encrypted ones.</summary>
/// <remarks>
/// <code>
/// signature  = HMAC-SHA256 (32 bytes, over user and all parts that follow; key: password) user
/// encryption = length of user (2) user IV (16) AES-256-OFB( SHA1 of the parts (20) parts ); key: SHA256 of password
/// </code>
/// Source: collectd wiki, "Binary protocol"; collectd 5.12, src/network.c.
/// </remarks>
internal sealed class PacketSecurity(CollectdOptions options)
{
    public const int SignatureType = 0x0200;
    public const int EncryptionType = 0x0210;

    private const int BlockBytes = 16;

    /// <summary>The least that a packet must prove.</summary>
    public CollectdSecurity Least => options.Security;

    /// <summary>Checks the signature of the parts that follow it.</summary>
    /// <returns>Why they are refused, or null.</returns>
    public string? Signed(ReadOnlySpan<byte> part, ReadOnlySpan<byte> rest)
    {
        if (part.Length <= SHA256.HashSizeInBytes)
        {
            return "a signature is cut off";
        }

        var user = part[SHA256.HashSizeInBytes..];
        if (PasswordOf(user) is not { } password)
        {
            return options.Security == CollectdSecurity.None && options.Users.Count == 0 ? null : Unknown(user);
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(password));
        hash.AppendData(user);
        hash.AppendData(rest);
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(expected);
        return CryptographicOperations.FixedTimeEquals(expected, part[..SHA256.HashSizeInBytes])
            ? null
            : "a signature is wrong";
    }

    /// <summary>Decrypts parts.</summary>
    /// <returns>Why they are refused, or null.</returns>
    public string? Open(ReadOnlySpan<byte> part, out byte[] plain)
    {
        plain = [];
        var userBytes = part.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(part);
        if (userBytes > part.Length - 2 - BlockBytes - SHA1.HashSizeInBytes)
        {
            return "an encrypted part is cut off";
        }

        var user = part.Slice(2, userBytes);
        if (PasswordOf(user) is not { } password)
        {
            return Unknown(user);
        }

        var iv = part.Slice(2 + userBytes, BlockBytes);
        var text = part[(2 + userBytes + BlockBytes)..].ToArray();
        Mask(SHA256.HashData(Encoding.UTF8.GetBytes(password)), iv, text);
        plain = text[SHA1.HashSizeInBytes..];
        return SHA1.HashData(plain).AsSpan().SequenceEqual(text.AsSpan(0, SHA1.HashSizeInBytes))
            ? null
            : "an encrypted part cannot be opened: another password?";
    }

    /// <summary>Output feedback: the same step encrypts and decrypts.</summary>
    internal static void Mask(byte[] key, ReadOnlySpan<byte> iv, Span<byte> text)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        Span<byte> block = stackalloc byte[BlockBytes];
        Span<byte> next = stackalloc byte[BlockBytes];
        iv.CopyTo(block);
        for (var at = 0; at < text.Length; at += BlockBytes)
        {
            aes.EncryptEcb(block, next, PaddingMode.None);
            next.CopyTo(block);
            for (var i = 0; i < BlockBytes && at + i < text.Length; i++)
            {
                text[at + i] ^= block[i];
            }
        }
    }

    private static string Unknown(ReadOnlySpan<byte> user) =>
        $"the user '{Encoding.UTF8.GetString(user)}' is not one of those that are configured";

    private string? PasswordOf(ReadOnlySpan<byte> user) =>
        options.Users.GetValueOrDefault(Encoding.UTF8.GetString(user));
}
