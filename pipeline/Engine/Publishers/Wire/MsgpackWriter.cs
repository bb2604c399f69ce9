using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Ops.Pipeline.Publishers.Wire;

/// <summary>Writes JSON values as MessagePack.</summary>
/// <remarks>A number written with a point or an exponent is a double, any other an integer where 64 bits hold it, so
/// that a reader prints it as it stood in JSON. Source: the MessagePack specification, 2013 (str, not raw).</remarks>
internal static class MsgpackWriter
{
    private const byte Nil = 0xC0;
    private const byte False = 0xC2;
    private const byte True = 0xC3;
    private const byte Double = 0xCB;
    private const byte Unsigned8 = 0xCC;
    private const byte Signed8 = 0xD0;

    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Head(output, value.EnumerateObject().Count(), 0x80, 15, 0, 0xDE);
                foreach (var member in value.EnumerateObject())
                {
                    Text(member.Name, output);
                    Write(member.Value, output);
                }

                break;
            case JsonValueKind.Array:
                Head(output, value.GetArrayLength(), 0x90, 15, 0, 0xDC);
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, output);
                }

                break;
            case JsonValueKind.String: Text(value.GetString()!, output); break;
            case JsonValueKind.Number: Number(value, output); break;
            case JsonValueKind.True: output.Write([True]); break;
            case JsonValueKind.False: output.Write([False]); break;
            default: output.Write([Nil]); break;
        }
    }

    private static void Text(string text, IBufferWriter<byte> output)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Head(output, bytes.Length, 0xA0, 31, 0xD9, 0xDA);
        output.Write(bytes);
    }

    /// <summary>Writes kind and length: in one byte, or with 8 (where there is such a form), 16 or 32 bits.</summary>
    private static void Head(IBufferWriter<byte> output, int length, byte fix, int fixMax, byte code8, byte code16)
    {
        Span<byte> head = stackalloc byte[5];
        if (length <= fixMax)
        {
            head[0] = (byte)(fix | length);
            head = head[..1];
        }
        else if (length <= byte.MaxValue && code8 != 0)
        {
            head[0] = code8;
            head[1] = (byte)length;
            head = head[..2];
        }
        else if (length <= ushort.MaxValue)
        {
            head[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)length);
            head = head[..3];
        }
        else
        {
            head[0] = (byte)(code16 + 1);
            BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        }

        output.Write(head);
    }

    private static void Number(JsonElement value, IBufferWriter<byte> output)
    {
        var isReal = value.GetRawText().AsSpan().ContainsAny(".eE");
        if (!isReal && value.TryGetInt64(out var whole))
        {
            Signed(whole, output);
        }
        else if (!isReal && value.TryGetUInt64(out var large))
        {
            Wide((byte)(Unsigned8 + 3), large, 8, output);
        }
        else
        {
            Wide(Double, BitConverter.DoubleToUInt64Bits(value.GetDouble()), 8, output);
        }
    }

    private static void Signed(long value, IBufferWriter<byte> output)
    {
        switch (value)
        {
            case >= 0 and <= 127 or < 0 and >= -32: output.Write([(byte)value]); break;
            case >= 0 and <= byte.MaxValue: Wide(Unsigned8, (ulong)value, 1, output); break;
            case >= 0 and <= ushort.MaxValue: Wide(Unsigned8 + 1, (ulong)value, 2, output); break;
            case >= 0 and <= uint.MaxValue: Wide(Unsigned8 + 2, (ulong)value, 4, output); break;
            case >= 0: Wide(Unsigned8 + 3, (ulong)value, 8, output); break;
            case >= sbyte.MinValue: Wide(Signed8, (ulong)value, 1, output); break;
            case >= short.MinValue: Wide(Signed8 + 1, (ulong)value, 2, output); break;
            case >= int.MinValue: Wide(Signed8 + 2, (ulong)value, 4, output); break;
            default: Wide(Signed8 + 3, (ulong)value, 8, output); break;
        }
    }

    private static void Wide(int code, ulong value, int bytes, IBufferWriter<byte> output)
    {
        Span<byte> all = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(all[1..], value);
        all[8 - bytes] = (byte)code;
        output.Write(all[(8 - bytes)..]);
    }
}
