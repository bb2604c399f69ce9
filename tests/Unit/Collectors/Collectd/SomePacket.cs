using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ops.Collectors.Collectd;

namespace Ops.Unit.Collectors.Collectd;

/// <summary>Builds packets of collectd's network protocol.</summary>
internal sealed class SomePacket
{
    private readonly MemoryStream _bytes = new();

    public byte[] Bytes => _bytes.ToArray();

    public static SomePacket Of(string host, string plugin, string type) =>
        new SomePacket().Text(0, host).Number(8, 1_700_000_000UL << 30).Text(2, plugin).Text(4, type);

    public SomePacket Text(int type, string text) => Part(type, [.. Encoding.UTF8.GetBytes(text), 0]);

    public SomePacket Number(int type, ulong number)
    {
        var body = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(body, number);
        return Part(type, body);
    }

    public SomePacket Values(params (ValueKind Kind, double Value)[] values)
    {
        var body = new byte[2 + (values.Length * 9)];
        BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var (kind, value) = values[i];
            body[2 + i] = (byte)kind;
            var at = body.AsSpan(2 + values.Length + (i * 8));
            if (kind == ValueKind.Gauge)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(at, value);
            }
            else
            {
                BinaryPrimitives.WriteInt64BigEndian(at, (long)value);
            }
        }

        return Part(6, body);
    }

    public SomePacket Part(int type, byte[] body)
    {
        Span<byte> header = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(body.Length + 4));
        _bytes.Write(header);
        _bytes.Write(body);
        return this;
    }

    /// <summary>The same, signed by a user.</summary>
    public byte[] Signed(string user, string password)
    {
        var name = Encoding.UTF8.GetBytes(user);
        byte[] signed = [.. name, .. Bytes];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(password), signed);
        return [.. new SomePacket().Part(PacketSecurity.SignatureType, [.. hash, .. name]).Bytes, .. Bytes];
    }

    /// <summary>The same, encrypted by a user.</summary>
    public byte[] Encrypted(string user, string password)
    {
        var name = Encoding.UTF8.GetBytes(user);
        byte[] text = [.. SHA1.HashData(Bytes), .. Bytes];
        var iv = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();
        PacketSecurity.Mask(SHA256.HashData(Encoding.UTF8.GetBytes(password)), iv, text);
        return new SomePacket().Part(
            PacketSecurity.EncryptionType, [0, (byte)name.Length, .. name, .. iv, .. text]).Bytes;
    }
}
