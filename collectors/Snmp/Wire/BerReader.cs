namespace Ops.Collectors.Snmp.Wire;

/// <summary>Reads BER from front to back; what is wrong sets <see cref="Ok"/> to false and every later read is empty.
/// </summary>
/// <remarks>
/// Definite lengths of at most four octets, tags of one octet, as SNMP uses them (RFC 3417, section 8). It never reads
/// past its span and allocates no more than the bytes it is given.
/// </remarks>
internal ref struct BerReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all that was read was right.</summary>
    public bool Ok { get; private set; } = true;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>How many octets are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The next tag, or 0 at the end.</summary>
    public readonly byte Tag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Goes into a constructed value and past it.</summary>
    public BerReader Enter(byte tag)
    {
        var content = Octets(tag);
        return new BerReader(content) { Ok = Ok };
    }

    /// <summary>The content of the next value, which must bear that tag.</summary>
    public ReadOnlySpan<byte> Octets(byte tag)
    {
        if (!Ok || _rest.Length < 2 || _rest[0] != tag)
        {
            return Refuse();
        }

        var lengthOctets = 0;
        int length = _rest[1];
        if (length >= 0x80)
        {
            lengthOctets = length & 0x7F;
            if (lengthOctets is 0 or > 4 || _rest.Length < 2 + lengthOctets)
            {
                return Refuse();
            }

            long sum = 0;
            foreach (var octet in _rest.Slice(2, lengthOctets))
            {
                sum = (sum << 8) | octet;
            }

            length = (int)Math.Min(sum, int.MaxValue);
        }

        var start = 2 + lengthOctets;
        if (length > _rest.Length - start)
        {
            return Refuse();
        }

        var content = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return content;
    }

    /// <summary>A signed number of at most 64 bits.</summary>
    public long Integer(byte tag = SnmpTag.Integer)
    {
        var content = Octets(tag);
        if (!Ok || content.Length is 0 or > 8)
        {
            Refuse();
            return 0;
        }

        long value = (sbyte)content[0];
        foreach (var octet in content[1..])
        {
            value = (value << 8) | octet;
        }

        return value;
    }

    /// <summary>A signed number of 32 bits.</summary>
    public int Integer32()
    {
        var value = Integer();
        if (value is < int.MinValue or > int.MaxValue)
        {
            Refuse();
            return 0;
        }

        return (int)value;
    }

    /// <summary>An unsigned number of at most 64 bits; one that bears no leading zero is forgiven.</summary>
    public ulong Unsigned(byte tag, ulong max)
    {
        var content = Octets(tag);
        if (!Ok || content.Length is 0 or > 9 || (content.Length == 9 && content[0] != 0))
        {
            Refuse();
            return 0;
        }

        ulong value = 0;
        foreach (var octet in content)
        {
            value = (value << 8) | octet;
        }

        return value & max;
    }

    /// <summary>An object identifier; null where it is wrong.</summary>
    public Oid? ObjectId()
    {
        var content = Octets(SnmpTag.ObjectId);
        if (!Ok || content.Length is 0 or > 5 * Oid.PartsMax || (content[^1] & 0x80) != 0)
        {
            Refuse();
            return null;
        }

        Span<uint> parts = stackalloc uint[Oid.PartsMax];
        var count = 1;
        ulong part = 0;
        foreach (var octet in content)
        {
            part = (part << 7) | (uint)(octet & 0x7F);
            if (part > uint.MaxValue || count == Oid.PartsMax)
            {
                Refuse();
                return null;
            }

            if ((octet & 0x80) == 0)
            {
                parts[count++] = (uint)part;
                part = 0;
            }
        }

        parts[0] = Math.Min(2, parts[1] / 40);
        parts[1] -= parts[0] * 40;
        return Oid.From(parts[..count]);
    }

    /// <summary>Refuses the rest.</summary>
    public ReadOnlySpan<byte> Refuse()
    {
        Ok = false;
        _rest = default;
        return default;
    }
}
