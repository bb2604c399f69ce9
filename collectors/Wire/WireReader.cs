using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Ops.Collectors.Wire;

/// <summary>Reads the fields of one protobuf message in place; allocates nothing.</summary>
/// <remarks>
/// <code>
/// message = *field        field = tag value        tag = varint of ( number shifted left by 3, or'ed with the type )
/// value   = varint (type 0) | 8 bytes (1) | varint length, bytes (2) | 4 bytes (5)        little endian
/// </code>
/// Groups (types 3 and 4) are refused: nothing that is read here has them. A broken message ends the reading and sets
/// <see cref="IsBroken"/>. Source: the encoding page of the protobuf documentation.
/// </remarks>
internal ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _message;

    /// <summary>A reader of a message, or of what follows a place in it.</summary>
    public WireReader(ReadOnlySpan<byte> message, int at = 0)
    {
        _message = message;
        At = at;
    }

    /// <summary>Where the next field begins.</summary>
    public int At { get; private set; }

    /// <summary>Number and type of the field, as <see cref="WireTag"/> writes them.</summary>
    public uint Tag { get; private set; }

    /// <summary>Where the field begins, tag included.</summary>
    public int FieldStart { get; private set; }

    /// <summary>Where the bytes of a field of type 2 begin.</summary>
    public int Start { get; private set; }

    /// <summary>How many bytes a field of type 2 has.</summary>
    public int Length { get; private set; }

    /// <summary>The value of a field of another type.</summary>
    public ulong Number { get; private set; }

    /// <summary>Whether the message ended where it must not, or held what it must not.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The bytes of a field of type 2.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _message.Slice(Start, Length);

    /// <summary>The value of a field of type 1 as a double.</summary>
    public readonly double Double => BitConverter.UInt64BitsToDouble(Number);

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end, and where the message is broken.</returns>
    public bool Read()
    {
        if (At >= _message.Length || IsBroken)
        {
            return false;
        }

        FieldStart = At;
        if (!TryVarint(out var tag) || tag is < 8 or > uint.MaxValue)
        {
            return Break();
        }

        Tag = (uint)tag;
        switch (tag & 7)
        {
            case 0 when TryVarint(out var number):
                Number = number;
                return true;
            case 1 when _message.Length - At >= sizeof(ulong):
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_message[At..]);
                At += sizeof(ulong);
                return true;
            case 2 when TryVarint(out var length) && length <= (ulong)(_message.Length - At):
                (Start, Length) = (At, (int)length);
                At += (int)length;
                return true;
            case 5 when _message.Length - At >= sizeof(uint):
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_message[At..]);
                At += sizeof(uint);
                return true;
            default:
                return Break();
        }
    }

    /// <summary>Reads a bare varint, as packed fields hold them.</summary>
    public bool ReadVarint(out ulong value) => TryVarint(out value) || Break();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryVarint(out ulong value)
    {
        var at = At;
        if ((uint)at < (uint)_message.Length && _message[at] < 0x80)
        {
            value = _message[at];
            At = at + 1;
            return true;
        }

        return TryLongVarint(out value);
    }

    private bool TryLongVarint(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 70 && At < _message.Length; shift += 7)
        {
            var next = _message[At++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
