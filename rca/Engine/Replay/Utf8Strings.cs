using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ops.Rca.Replay;

/// <summary>Gives equal UTF-8 texts one string each, so that what was read before costs no allocation.</summary>
internal sealed class Utf8Strings
{
    /// <summary>The most texts that are kept; further ones get a string of their own.</summary>
    private const int TextsMax = 4_000_000;

    private (uint Hash, string? Text)[] _slots = new (uint, string?)[1024];
    private int _count;

    /// <summary>The string of a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string Of(ReadOnlySpan<byte> utf8)
    {
        var hash = Hash(utf8);
        var at = (int)hash & (_slots.Length - 1);
        for (; _slots[at].Text is { } text; at = (at + 1) & (_slots.Length - 1))
        {
            if (_slots[at].Hash == hash && Equal(utf8, text))
            {
                return text;
            }
        }

        var made = Encoding.UTF8.GetString(utf8);
        if (_count < TextsMax)
        {
            _slots[at] = (hash, made);
            if (++_count * 3 > _slots.Length * 2)
            {
                Grow();
            }
        }

        return made;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = (ulong)utf8.Length * 0x9E3779B97F4A7C15;
        for (; utf8.Length >= 8; utf8 = utf8[8..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(utf8)) * 0xFF51AFD7ED558CCD;
            hash ^= hash >> 32;
        }

        var rest = 0UL;
        foreach (var octet in utf8)
        {
            rest = (rest << 8) | octet;
        }

        hash = (hash ^ rest) * 0xFF51AFD7ED558CCD;
        return (uint)(hash >> 32);
    }

    private static bool Equal(ReadOnlySpan<byte> utf8, string text) =>
        Ascii.Equals(utf8, text)
        || (utf8.Length >= text.Length && !Ascii.IsValid(utf8) && Encoding.UTF8.GetString(utf8) == text);

    private void Grow()
    {
        var old = _slots;
        _slots = new (uint, string?)[old.Length * 2];
        foreach (var slot in old)
        {
            if (slot.Text is null)
            {
                continue;
            }

            var at = (int)slot.Hash & (_slots.Length - 1);
            while (_slots[at].Text is not null)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            _slots[at] = slot;
        }
    }
}
