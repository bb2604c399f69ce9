using System.Buffers.Binary;
using System.Text;

namespace Ops.Collectors.Collectd;

/// <summary>Reads the parts of a packet of collectd's network protocol.</summary>
/// <remarks>
/// <code>
/// packet = *part        part = type (2 bytes) length (2 bytes, header included) body        big endian
/// text   = *char NUL    number = 8 bytes    values = count (2) count*kind (1) count*value (8; gauges little endian)
/// </code>
/// A part holds for all that follow it. Times are seconds, or in parts of high resolution 2^-30 seconds. Source:
/// collectd wiki, "Binary protocol"; collectd 5.12, src/network.c.
/// </remarks>
internal sealed class PacketReader(PacketSecurity security)
{
    /// <summary>The most values of one reading.</summary>
    public const int ValuesMax = 256;

    private const int HeaderBytes = 4;
    private const long SecondNs = 1_000_000_000;

    private ValueIdentity _identity = new();
    private long _timeNs;
    private ulong _severity;

    /// <summary>The readings of the packet.</summary>
    public List<ValueList> Readings { get; } = [];

    /// <summary>The notifications of the packet.</summary>
    public List<CollectdNotice> Notices { get; } = [];

    /// <summary>Reads a packet.</summary>
    /// <returns>Why the rest of it is refused, or null.</returns>
    public string? Read(ReadOnlySpan<byte> packet) => Parts(packet, CollectdSecurity.None);

    private string? Parts(ReadOnlySpan<byte> rest, CollectdSecurity proven)
    {
        while (!rest.IsEmpty)
        {
            if (rest.Length < HeaderBytes)
            {
                return "a part is cut off";
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(rest);
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < HeaderBytes || length > rest.Length)
            {
                return $"a part says that it has {length} bytes, of {rest.Length} that are left";
            }

            var body = rest[HeaderBytes..length];
            rest = rest[length..];
            if (type == PacketSecurity.SignatureType)
            {
                if (security.Signed(body, rest) is { } why)
                {
                    return why;
                }

                proven = proven == CollectdSecurity.None ? CollectdSecurity.Sign : proven;
            }
            else if (type == PacketSecurity.EncryptionType)
            {
                var why = proven == CollectdSecurity.Encrypt
                    ? "a part is encrypted twice"
                    : security.Open(body, out var plain) ?? Parts(plain, CollectdSecurity.Encrypt);
                if (why is not null)
                {
                    return why;
                }
            }
            else if (proven < security.Least)
            {
                return $"a packet is not {(security.Least == CollectdSecurity.Sign ? "signed" : "encrypted")}";
            }
            else if (Part(type, body) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? Part(int type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case 0x0001 or 0x0008 or 0x0101 when body.Length != sizeof(ulong):
                return "a number does not have 8 bytes";
            case 0x0000:
                _identity = _identity with { Host = Text(body) };
                break;
            case 0x0001:
                _timeNs = Time(BinaryPrimitives.ReadUInt64BigEndian(body), 1);
                break;
            case 0x0002:
                _identity = _identity with { Plugin = Text(body) };
                break;
            case 0x0003:
                _identity = _identity with { PluginInstance = Text(body) };
                break;
            case 0x0004:
                _identity = _identity with { Type = Text(body) };
                break;
            case 0x0005:
                _identity = _identity with { TypeInstance = Text(body) };
                break;
            case 0x0006:
                return Values(body);
            case 0x0008:
                _timeNs = Time(BinaryPrimitives.ReadUInt64BigEndian(body), 1UL << 30);
                break;
            case 0x0100:
                Notices.Add(new CollectdNotice(_identity, _timeNs, _severity, Text(body)));
                break;
            case 0x0101:
                _severity = BinaryPrimitives.ReadUInt64BigEndian(body);
                break;
        }

        return null;
    }

    private string? Values(ReadOnlySpan<byte> body)
    {
        const int valueBytes = 1 + sizeof(ulong);
        var count = body.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(body);
        if (count is <= 0 or > ValuesMax || body.Length != 2 + (count * valueBytes))
        {
            return "the values are broken";
        }

        var values = new (ValueKind, double)[count];
        for (var i = 0; i < count; i++)
        {
            var kind = (ValueKind)body[2 + i];
            var bytes = body.Slice(2 + count + (i * sizeof(ulong)), sizeof(ulong));
            values[i] = (kind, kind switch
            {
                ValueKind.Gauge => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                ValueKind.Derive => BinaryPrimitives.ReadInt64BigEndian(bytes),
                ValueKind.Counter or ValueKind.Absolute => BinaryPrimitives.ReadUInt64BigEndian(bytes),
                _ => double.NaN,
            });
        }

        Readings.Add(new ValueList(_identity, _timeNs, values));
        return null;
    }

    private static long Time(ulong count, ulong perSecond)
    {
        var seconds = count / perSecond;
        return seconds > long.MaxValue / SecondNs - 1
            ? 0
            : (long)((seconds * SecondNs) + (count % perSecond * SecondNs / perSecond));
    }

    private static string Text(ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? body : body[..end]);
    }
}
