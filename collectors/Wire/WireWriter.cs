using System.Buffers.Binary;
using System.Text;

namespace Ops.Collectors.Wire;

/// <summary>Writes protobuf messages; a nested one is opened, written, and closed.</summary>
/// <remarks>
/// The length of a nested message takes five bytes, whatever it is: readers take that, and nothing has to be moved.
/// </remarks>
internal sealed class WireWriter
{
    private const int LengthBytes = 5;

    private byte[] _bytes = new byte[256];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Writes a field of type 0.</summary>
    public void Varint(int number, ulong value)
    {
        Raw(WireTag.Varint(number));
        Raw(value);
    }

    /// <summary>Writes a field of type 1.</summary>
    public void Fixed64(int number, ulong value)
    {
        Raw(WireTag.Fixed64(number));
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
    }

    /// <summary>Writes a double.</summary>
    public void Double(int number, double value) => Fixed64(number, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Writes a field of type 5.</summary>
    public void Fixed32(int number, uint value)
    {
        Raw(WireTag.Fixed32(number));
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
    }

    /// <summary>Writes a field of type 2.</summary>
    public void Bytes(int number, ReadOnlySpan<byte> value)
    {
        Raw(WireTag.Bytes(number));
        Raw((ulong)value.Length);
        value.CopyTo(Room(value.Length));
    }

    /// <summary>Writes text.</summary>
    public void Text(int number, string value) => Bytes(number, Encoding.UTF8.GetBytes(value));

    /// <summary>Opens a nested message.</summary>
    /// <returns>What <see cref="Close"/> asks for.</returns>
    public int Open(int number)
    {
        Raw(WireTag.Bytes(number));
        Room(LengthBytes);
        return Length;
    }

    /// <summary>Closes a nested message.</summary>
    public void Close(int start)
    {
        var length = (uint)(Length - start);
        for (var i = 0; i < LengthBytes; i++)
        {
            var more = i < LengthBytes - 1 ? 0x80 : 0;
            _bytes[start - LengthBytes + i] = (byte)((length & 0x7F) | (uint)more);
            length >>= 7;
        }
    }

    /// <summary>Writes 8 bytes of a packed list.</summary>
    public void RawFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);

    /// <summary>Writes a bare varint.</summary>
    public void Raw(ulong value)
    {
        while (value >= 0x80)
        {
            Room(1)[0] = (byte)(value | 0x80);
            value >>= 7;
        }

        Room(1)[0] = (byte)value;
    }

    private Span<byte> Room(int bytes)
    {
        if (Length + bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
        }

        Length += bytes;
        return _bytes.AsSpan(Length - bytes, bytes);
    }
}
