using System.Buffers.Text;
using System.Text;

namespace Ops.Collectors.Machine.Files;

/// <summary>Walks over lines and blank-separated words of a kernel text file without allocating.</summary>
/// <remarks>What is missing reads as empty or 0: kernels differ in how many columns they write.</remarks>
internal ref struct FieldReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Takes the next line, without its end; false at the end of the text.</summary>
    public bool NextLine(out FieldReader line)
    {
        if (_rest.IsEmpty)
        {
            line = default;
            return false;
        }

        var end = _rest.IndexOf((byte)'\n');
        line = new FieldReader(end < 0 ? _rest : _rest[..end]);
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return true;
    }

    /// <summary>The next word; empty when there is none.</summary>
    public ReadOnlySpan<byte> Word()
    {
        var start = _rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start < 0)
        {
            _rest = default;
            return default;
        }

        _rest = _rest[start..];
        var end = _rest.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    /// <summary>The next word as text.</summary>
    public string Text() => Encoding.UTF8.GetString(Word());

    /// <summary>The next word as a whole number; 0 when it is none.</summary>
    public long Long() => ToLong(Word());

    /// <summary>The next word as a number; 0 when it is none.</summary>
    public double Double() => Utf8Parser.TryParse(Word(), out double value, out _) ? value : 0;

    /// <summary>Passes over words.</summary>
    public void Skip(int words)
    {
        for (var i = 0; i < words; i++)
        {
            Word();
        }
    }

    /// <summary>
    /// Passes over everything up to and with a byte; false (and nothing moves) when it does not occur.
    /// </summary>
    public bool SkipPast(byte mark)
    {
        var at = _rest.IndexOf(mark);
        if (at < 0)
        {
            return false;
        }

        _rest = _rest[(at + 1)..];
        return true;
    }

    /// <summary>
    /// Reads the leading digits of a word; values past a signed 64-bit count are held at its maximum.
    /// </summary>
    public static long ToLong(ReadOnlySpan<byte> word)
    {
        if (Utf8Parser.TryParse(word, out long value, out _))
        {
            return value;
        }

        return Utf8Parser.TryParse(word, out ulong _, out var used) && used > 0 ? long.MaxValue : 0;
    }
}
