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

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var octet in utf8)
        {
            hash = (hash ^ octet) * 16777619u;
        }

        return hash ^ (hash >> 15);
    }

    private static bool Equal(ReadOnlySpan<byte> utf8, string text)
    {
        if (utf8.Length == text.Length)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (utf8[i] != text[i] || utf8[i] >= 0x80)
                {
                    return utf8[i] >= 0x80 && Encoding.UTF8.GetString(utf8) == text;
                }
            }

            return true;
        }

        return utf8.Length > text.Length && Encoding.UTF8.GetString(utf8) == text;
    }

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
