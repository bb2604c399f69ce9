namespace Ops.Collectors.InfluxLine;

/// <summary>Finds where lines end.</summary>
/// <remarks>
/// A line end within quotes is part of a text field, unless no quote closes it within <paramref name="lineBytesMax"/>
/// or before the body ends: then the line ends where it seems to, so that an open quote harms its own line only.
/// </remarks>
internal sealed class LineEnds(int lineBytesMax)
{
    /// <summary>The length of the first line, without its end; -1 when its end has not come yet.</summary>
    /// <param name="text">What is left of the body so far; not empty.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="isPlain">Whether quotes mean nothing, as in what is left of a line that is refused.</param>
    public int Find(ReadOnlySpan<byte> text, bool isLast, bool isPlain)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'"');
        if (end >= 0 && text[end] == '"')
        {
            var physical = text.IndexOf((byte)'\n');
            end = isPlain || text[0] == '#' ? physical : QuotedEnd(text, physical, isLast);
        }

        return end >= 0 || !isLast ? end : text.Length;
    }

    /// <summary>
    /// Where the key ends: the first blank that no backslash precedes; the length when there is none.
    /// </summary>
    public static int OfKey(ReadOnlySpan<byte> line)
    {
        var end = line.IndexOf((byte)' ');
        while (end > 0 && line[end - 1] == '\\')
        {
            var next = line[(end + 1)..].IndexOf((byte)' ');
            end = next < 0 ? -1 : end + 1 + next;
        }

        return end < 0 ? line.Length : end;
    }

    /// <summary>
    /// Where a field's name ends: the equals sign; the line's length when something else ends the field first.
    /// </summary>
    public static int OfFieldName(ReadOnlySpan<byte> line, int from)
    {
        for (var i = from; i < line.Length; i++)
        {
            switch (line[i])
            {
                case (byte)'\\': i++; break;
                case (byte)'=': return i;
                case (byte)' ' or (byte)',': return line.Length;
            }
        }

        return line.Length;
    }

    private int QuotedEnd(ReadOnlySpan<byte> text, int physical, bool isLast)
    {
        var (isQuoted, isInFields, equals, commas) = (false, false, 0, 0);
        var limit = Math.Min(text.Length, lineBytesMax);
        for (var i = 0; i < limit; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when i + 2 < text.Length: i++; break;
                case (byte)' ': isInFields = true; break;
                case (byte)'=' when isInFields && !isQuoted: equals++; break;
                case (byte)',' when isInFields && !isQuoted: commas++; break;
                case (byte)'"' when isInFields && equals > commas: isQuoted = !isQuoted; break;
                case (byte)'\n' when !isQuoted: return i;
            }
        }

        return isLast || text.Length > lineBytesMax ? physical : -1;
    }
}
