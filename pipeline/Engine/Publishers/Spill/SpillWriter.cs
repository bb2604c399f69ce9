using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Writes the values of a spilled record: numbers as varints, text with its length before it.</summary>
internal readonly struct SpillWriter(IBufferWriter<byte> output)
{
    /// <summary>The deepest nesting of a value that is kept; what lies deeper becomes nothing.</summary>
    public const int DepthMax = 32;

    public void Number(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }

    public void Signed(long value) => Number((ulong)(value << 1) ^ (ulong)(value >> 63));

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
            return;
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        Number((ulong)bytes + 1);
        Encoding.UTF8.GetBytes(text, output.GetSpan(Math.Max(1, bytes)));
        output.Advance(bytes);
    }

    public void Map(IReadOnlyDictionary<string, object?> map, int depth = 0)
    {
        Number((ulong)map.Count);
        foreach (var (name, value) in map)
        {
            Text(name);
            Value(value, depth + 1);
        }
    }

    private void Value(object? value, int depth)
    {
        switch (value)
        {
            case not null when depth > DepthMax: Number((ulong)SpillTag.Nothing); break;
            case null: Number((ulong)SpillTag.Nothing); break;
            case false: Number((ulong)SpillTag.False); break;
            case true: Number((ulong)SpillTag.True); break;
            case long whole: Number((ulong)SpillTag.Whole); Signed(whole); break;
            case int whole: Number((ulong)SpillTag.Whole); Signed(whole); break;
            case double number: Number((ulong)SpillTag.Real); Double(number); break;
            case IReadOnlyDictionary<string, object?> map: Number((ulong)SpillTag.Map); Map(map, depth); break;
            case IReadOnlyList<object?> list:
                Number((ulong)SpillTag.List);
                Number((ulong)list.Count);
                foreach (var item in list)
                {
                    Value(item, depth + 1);
                }

                break;
            default: Number((ulong)SpillTag.Text); Text(value.ToString()); break;
        }
    }
}

/// <summary>The kind of a value of metadata.</summary>
internal enum SpillTag : ulong
{
    Nothing,
    False,
    True,
    Whole,
    Real,
    Text,
    Map,
    List,
}
