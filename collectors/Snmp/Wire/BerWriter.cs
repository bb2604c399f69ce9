namespace Ops.Collectors.Snmp.Wire;

/// <summary>Writes BER from back to front, so that lengths are known when they are written.</summary>
internal sealed class BerWriter
{
    private byte[] _buffer = new byte[512];
    private int _start = 512;

    /// <summary>How many octets are written.</summary>
    public int Length => _buffer.Length - _start;

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _buffer[_start..];

    /// <summary>Puts tag and length before what was written since the length was <paramref name="mark"/>.</summary>
    public void Wrap(byte tag, int mark)
    {
        var length = Length - mark;
        if (length < 0x80)
        {
            Put((byte)length);
        }
        else
        {
            var octets = 0;
            for (var rest = length; rest > 0; rest >>= 8)
            {
                Put((byte)rest);
                octets++;
            }

            Put((byte)(0x80 | octets));
        }

        Put(tag);
    }

    /// <summary>Octets as they are, without tag.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        _start -= bytes.Length;
        bytes.CopyTo(_buffer.AsSpan(_start));
    }

    /// <summary>A string of octets under a tag.</summary>
    public void Octets(ReadOnlySpan<byte> bytes, byte tag = SnmpTag.Octets)
    {
        var mark = Length;
        Raw(bytes);
        Wrap(tag, mark);
    }

    /// <summary>A signed number in as few octets as it needs.</summary>
    public void Integer(long value, byte tag = SnmpTag.Integer)
    {
        var mark = Length;
        do
        {
            Put((byte)value);
            var isNegative = (value & 0x80) != 0;
            value >>= 8;
            if ((value == 0 && !isNegative) || (value == -1 && isNegative))
            {
                break;
            }
        }
        while (true);
        Wrap(tag, mark);
    }

    /// <summary>An unsigned number in as few octets as it needs.</summary>
    public void Unsigned(ulong value, byte tag)
    {
        var mark = Length;
        byte top;
        do
        {
            top = (byte)value;
            Put(top);
            value >>= 8;
        }
        while (value > 0);
        if (top >= 0x80)
        {
            Put(0);
        }

        Wrap(tag, mark);
    }

    /// <summary>An object identifier.</summary>
    public void ObjectId(Oid oid)
    {
        var mark = Length;
        var parts = oid.Parts;
        for (var i = parts.Length - 1; i >= 1; i--)
        {
            var part = i == 1 ? (parts[0] * 40UL) + parts[1] : parts[i];
            Put((byte)(part & 0x7F));
            for (part >>= 7; part > 0; part >>= 7)
            {
                Put((byte)(0x80 | (part & 0x7F)));
            }
        }

        Wrap(SnmpTag.ObjectId, mark);
    }

    private void Put(byte octet)
    {
        Reserve(1);
        _buffer[--_start] = octet;
    }

    private void Reserve(int count)
    {
        if (_start >= count)
        {
            return;
        }

        var larger = new byte[Math.Max(_buffer.Length * 2, Length + count + 64)];
        _buffer.AsSpan(_start).CopyTo(larger.AsSpan(larger.Length - Length));
        _start = larger.Length - Length;
        _buffer = larger;
    }
}
