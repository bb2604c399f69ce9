using System.Buffers.Binary;
using System.Text;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>Writes the protobuf wire format into a body.</summary>
/// <remarks>Source: protobuf.dev/programming-guides/encoding. A message whose length is not known beforehand is begun
/// and ended; its length then takes five bytes, which every reader accepts.</remarks>
internal static class Protobuf
{
    private const int LengthBytes = 5;
    private const int VarintBytesMax = 10;

    /// <summary>Adds a number in groups of seven bits.</summary>
    public static void Varint(this ByteText body, ulong value)
    {
        var room = body.Room(VarintBytesMax);
        var count = 0;
        while (value >= 0x80)
        {
            room[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[count++] = (byte)value;
        body.Advance(count);
    }

    /// <summary>How many bytes <see cref="Varint"/> takes.</summary>
    public static int VarintLength(ulong value) => (70 - System.Numerics.BitOperations.LeadingZeroCount(value | 1)) / 7;

    /// <summary>Adds a field of type int64, uint64 or enum, zero too.</summary>
    public static void Number(this ByteText body, int field, long value)
    {
        body.Varint((ulong)field << 3);
        body.Varint((ulong)value);
    }

    /// <summary>Adds a field of type fixed64.</summary>
    public static void Fixed64(this ByteText body, int field, ulong value)
    {
        body.Varint(((ulong)field << 3) | 1);
        BinaryPrimitives.WriteUInt64LittleEndian(body.Room(sizeof(ulong)), value);
        body.Advance(sizeof(ulong));
    }

    /// <summary>Adds a field of type double.</summary>
    public static void Double(this ByteText body, int field, double value) =>
        body.Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Adds a field of bytes, or a message that is there already.</summary>
    public static void Bytes(this ByteText body, int field, ReadOnlySpan<byte> value)
    {
        body.Varint(((ulong)field << 3) | 2);
        body.Varint((ulong)value.Length);
        body.Add(value);
    }

    /// <summary>Adds a field of text.</summary>
    public static void Text(this ByteText body, int field, string value)
    {
        body.Varint(((ulong)field << 3) | 2);
        body.Varint((ulong)Encoding.UTF8.GetByteCount(value));
        body.Add(value);
    }

    /// <summary>Begins a message; what is added up to <see cref="End"/> is inside.</summary>
    /// <returns>Where it begins.</returns>
    public static int Begin(this ByteText body, int field)
    {
        body.Varint(((ulong)field << 3) | 2);
        body.Room(LengthBytes);
        body.Advance(LengthBytes);
        return body.Count;
    }

    /// <summary>Ends a message and writes its length where it was begun.</summary>
    public static void End(this ByteText body, int start)
    {
        var length = (uint)(body.Count - start);
        var room = body.At(start - LengthBytes, LengthBytes);
        for (var i = 0; i < LengthBytes - 1; i++, length >>= 7)
        {
            room[i] = (byte)(length | 0x80);
        }

        room[LengthBytes - 1] = (byte)length;
    }
}
