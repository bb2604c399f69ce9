using System.Buffers.Binary;
using System.Numerics;

namespace Ops.Collectors.Digests;

/// <summary>SHA-224, which the base library does not have. Source: FIPS 180-4, sections 5.3.2 and 6.3.</summary>
internal static class Sha224
{
    /// <summary>Octets of a hash.</summary>
    public const int Length = 28;

    private const int BlockLength = 64;

    private static readonly uint[] Start =
    [
        0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
    ];

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The hash of some octets.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var state = Start.ToArray();
        var whole = data.Length / BlockLength * BlockLength;
        for (var at = 0; at < whole; at += BlockLength)
        {
            Mix(state, data.Slice(at, BlockLength));
        }

        var rest = data[whole..];
        var last = new byte[rest.Length + 9 > BlockLength ? 2 * BlockLength : BlockLength];
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(last.AsSpan(last.Length - 8), (ulong)data.Length * 8);
        for (var at = 0; at < last.Length; at += BlockLength)
        {
            Mix(state, last.AsSpan(at, BlockLength));
        }

        var hash = new byte[Length];
        for (var i = 0; i < Length / 4; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), state[i]);
        }

        return hash;
    }

    /// <summary>The keyed hash of some octets. Source: RFC 2104.</summary>
    public static byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var inner = new byte[BlockLength + data.Length];
        var outer = new byte[BlockLength + Length];
        var start = key.Length > BlockLength ? Hash(key) : key;
        start.CopyTo(inner);
        start.CopyTo(outer);
        for (var i = 0; i < BlockLength; i++)
        {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5C;
        }

        data.CopyTo(inner.AsSpan(BlockLength));
        Hash(inner).CopyTo(outer.AsSpan(BlockLength));
        return Hash(outer);
    }

    private static void Mix(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[64];
        for (var i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        }

        for (var i = 16; i < 64; i++)
        {
            var (early, late) = (words[i - 15], words[i - 2]);
            var first = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3);
            var second = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10);
            words[i] = words[i - 16] + first + words[i - 7] + second;
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var turned = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11)
                ^ BitOperations.RotateRight(e, 25);
            var first = h + turned + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            turned = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13)
                ^ BitOperations.RotateRight(a, 22);
            var second = turned + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ReadOnlySpan<uint> sums = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++)
        {
            state[i] += sums[i];
        }
    }
}
