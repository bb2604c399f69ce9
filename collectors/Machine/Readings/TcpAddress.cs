using System.Buffers.Text;
using System.Globalization;
using System.Net;

namespace Ops.Collectors.Machine.Readings;

/// <summary>One end of a TCP connection; an IPv4 address is kept as the IPv6 address that maps it.</summary>
/// <param name="Address">The 128 bits of the address.</param>
/// <param name="Port">The port.</param>
internal readonly record struct TcpAddress(UInt128 Address, int Port)
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xffff << 32;

    /// <summary>Whether it stands for every address of the machine.</summary>
    public bool IsAny => Address == UInt128.Zero || Address == MappedPrefix;

    /// <summary>Whether the machine talks to itself there.</summary>
    public bool IsLoopback => Address == UInt128.One || (IsV4 && (V4 >> 24) == 127);

    /// <summary>Whether it is an IPv4 address.</summary>
    public bool IsV4 => (Address >> 32) == 0xffff;

    /// <summary>The 32 bits of an IPv4 address.</summary>
    public uint V4 => (uint)Address;

    /// <summary>
    /// Reads <c>0100007F:0050</c>: the address in 32-bit words of the machine's (little-endian) order.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TcpAddress address)
    {
        address = default;
        var colon = text.IndexOf((byte)':');
        if (colon is not (8 or 32) || !Utf8Parser.TryParse(text[(colon + 1)..], out int port, out _, 'x'))
        {
            return false;
        }

        if (!TryParseAddress(text[..colon], out var bits))
        {
            return false;
        }

        address = new TcpAddress(bits, port);
        return true;
    }

    /// <summary>Reads the hexadecimal words of an address, IPv4 (8 digits) or IPv6 (32).</summary>
    private static bool TryParseAddress(ReadOnlySpan<byte> digits, out UInt128 bits)
    {
        bits = digits.Length == 8 ? 0xffff : UInt128.Zero;
        for (var i = 0; i < digits.Length; i += 8)
        {
            if (!Utf8Parser.TryParse(digits.Slice(i, 8), out uint word, out var used, 'x') || used != 8)
            {
                return false;
            }

            bits = (bits << 32) | System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
        }

        return true;
    }

    /// <summary>The address alone, as people write it.</summary>
    public string AddressText
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
            return IsV4 ? new IPAddress(bytes[12..]).ToString() : new IPAddress(bytes).ToString();
        }
    }

    /// <summary>Renders <c>10.0.0.1:80</c> or <c>[2001:db8::1]:80</c>.</summary>
    public override string ToString()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        return IsV4 ? $"{AddressText}:{port}" : $"[{AddressText}]:{port}";
    }
}
