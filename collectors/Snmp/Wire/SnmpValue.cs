using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Ops.Collectors.Snmp.Wire;

/// <summary>A value of an object, of one of SNMP's types.</summary>
/// <param name="Tag">The type.</param>
/// <param name="Number">Of integers, counters, gauges and ticks; the bits of an unsigned one.</param>
/// <param name="Bytes">Of strings, addresses and opaque values; else null.</param>
/// <param name="ObjectId">Of identifiers; else null.</param>
internal readonly record struct SnmpValue(byte Tag, long Number = 0, byte[]? Bytes = null, Oid? ObjectId = null)
{
    /// <summary>The value that requests bear.</summary>
    public static readonly SnmpValue Null = new(SnmpTag.Null);

    /// <summary>Whether the agent has no such object, or is at its end.</summary>
    public bool IsMissing => Tag is SnmpTag.NoSuchObject or SnmpTag.NoSuchInstance or SnmpTag.EndOfMibView
        or SnmpTag.Null or 0;

    /// <summary>As a number; text that reads as one counts. Null for what is none.</summary>
    public double? ToNumber() => Tag switch
    {
        SnmpTag.Integer => Number,
        SnmpTag.Counter32 or SnmpTag.Gauge32 or SnmpTag.TimeTicks or SnmpTag.Counter64 => (ulong)Number,
        SnmpTag.Octets => TextNumber(),
        SnmpTag.Opaque => OpaqueNumber(),
        _ => null,
    };

    /// <summary>As text: strings as UTF-8 where they are printable, else as hex pairs with colons.</summary>
    public string ToText() => Tag switch
    {
        SnmpTag.Octets or SnmpTag.Opaque when ToNumberOfOpaque() is { } real =>
            real.ToString(CultureInfo.InvariantCulture),
        SnmpTag.Octets or SnmpTag.Opaque => Printable() ?? ToHex(":"),
        SnmpTag.IpAddress => Bytes is { Length: 4 } ? new IPAddress(Bytes).ToString() : "",
        SnmpTag.ObjectId => ObjectId?.ToString() ?? "",
        SnmpTag.Integer => Number.ToString(CultureInfo.InvariantCulture),
        _ => IsMissing ? "" : ((ulong)Number).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The octets as hex in lower case.</summary>
    public string ToHex(string between) =>
        string.Join(between, (Bytes ?? []).Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));

    private double? TextNumber() =>
        Bytes is { Length: <= 64 } bytes && double.TryParse(
            Encoding.ASCII.GetString(bytes).Trim('\0', ' '), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) && double.IsFinite(number)
            ? number
            : null;

    private double? ToNumberOfOpaque() => Tag == SnmpTag.Opaque ? OpaqueNumber() : null;

    /// <summary>Net-SNMP's wrapped floats: 9F 78 04 and a float, or 9F 79 08 and a double.</summary>
    private double? OpaqueNumber() => Bytes switch
    {
        [0x9F, 0x78, 0x04, _, _, _, _] => BinaryPrimitives.ReadSingleBigEndian(Bytes.AsSpan(3)),
        [0x9F, 0x79, 0x08, _, _, _, _, _, _, _, _] => BinaryPrimitives.ReadDoubleBigEndian(Bytes.AsSpan(3)),
        _ => null,
    };

    private string? Printable()
    {
        var bytes = (Bytes ?? []).AsSpan().TrimEnd((byte)0);
        if (bytes.IsEmpty)
        {
            return "";
        }

        var text = Encoding.UTF8.GetString(bytes);
        foreach (var letter in text)
        {
            if (letter == '\uFFFD' || (char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')))
            {
                return null;
            }
        }

        return text;
    }
}

/// <summary>An object with its value.</summary>
internal readonly record struct SnmpBinding(Oid Name, SnmpValue Value)
{
    /// <summary>An object that is asked for.</summary>
    public static SnmpBinding Ask(Oid name) => new(name, SnmpValue.Null);
}
