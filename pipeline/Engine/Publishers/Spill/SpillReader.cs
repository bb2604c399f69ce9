using System.Buffers.Binary;
using System.Text;

namespace Ops.Pipeline.Publishers.Spill;

/// <summary>Reads what <see cref="SpillWriter"/> wrote. After a fault <see cref="Failed"/> is set and all it gives is
/// empty.</summary>
internal ref struct SpillReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Whether the bytes were not what was asked for.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether all was read, without a fault.</summary>
    public readonly bool IsDone => !Failed && _rest.IsEmpty;

    public ulong Number()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        Fail();
        return 0;
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double()
    {
        if (_rest.Length < 8)
        {
            Fail();
            return 0;
        }

        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public string? Text()
    {
        var length = Number();
        if (length == 0)
        {
            return null;
        }

        if (length - 1 > (ulong)_rest.Length)
        {
            Fail();
            return null;
        }

        var text = Encoding.UTF8.GetString(_rest[..(int)(length - 1)]);
        _rest = _rest[(int)(length - 1)..];
        return text;
    }

    /// <summary>A text that must be there.</summary>
    public string Word()
    {
        var text = Text();
        if (text is null)
        {
            Fail();
        }

        return text ?? "";
    }

    /// <summary>How many things follow; no more than there are bytes left.</summary>
    public int Count()
    {
        var count = Number();
        if (count > (ulong)_rest.Length)
        {
            Fail();
            return 0;
        }

        return (int)count;
    }

    public Dictionary<string, object?> Map(int depth = 0)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var left = Count(); left > 0 && !Failed; left--)
        {
            var name = Word();
            map[name] = Value(depth + 1);
        }

        return map;
    }

    public void Fail()
    {
        Failed = true;
        _rest = [];
    }

    private object? Value(int depth)
    {
        var tag = (SpillTag)Number();
        if (depth > SpillWriter.DepthMax + 1)
        {
            Fail();
        }

        switch (tag)
        {
            case SpillTag.Nothing: return null;
            case SpillTag.False: return false;
            case SpillTag.True: return true;
            case SpillTag.Whole: return Signed();
            case SpillTag.Real: return Double();
            case SpillTag.Text: return Text();
            case SpillTag.Map: return Map(depth);
            case SpillTag.List:
                var list = new List<object?>();
                for (var left = Count(); left > 0 && !Failed; left--)
                {
                    list.Add(Value(depth + 1));
                }

                return list;
            default:
                Fail();
                return null;
        }
    }
}
