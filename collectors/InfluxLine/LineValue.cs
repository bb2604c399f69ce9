namespace Ops.Collectors.InfluxLine;

/// <summary>Reads the value of a field: number, truth or text.</summary>
internal static class LineValue
{
    /// <summary>Reads a value at the start of a text, up to a comma, a blank or the end.</summary>
    /// <param name="text">What follows the equals sign.</param>
    /// <param name="value">The number, or 1 and 0 for true and false; 0 for text.</param>
    /// <param name="isText">Whether it is text, which is no sample.</param>
    /// <param name="used">How many bytes it takes.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value, out bool isText, out int used)
    {
        isText = false;
        (value, used) = (0, 0);
        if (text.IsEmpty)
        {
            return false;
        }

        var first = text[0];
        if (first is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')
        {
            return NumberText.TryRead(text, out value, out used) && Ends(text, used);
        }

        if (first == '"')
        {
            isText = true;
            return TrySkipText(text, out used) && Ends(text, used);
        }

        return TryReadTruth(text, out value, out used) && Ends(text, used);
    }

    /// <summary>Reads <c>t T true True TRUE f F false False FALSE</c>.</summary>
    public static bool TryReadTruth(ReadOnlySpan<byte> text, out double value, out int used)
    {
        var end = text.IndexOfAny((byte)',', (byte)' ');
        var word = end < 0 ? text : text[..end];
        used = word.Length;
        var isTrue = word is [(byte)'t'] or [(byte)'T']
            || word.SequenceEqual("true"u8) || word.SequenceEqual("True"u8) || word.SequenceEqual("TRUE"u8);
        value = isTrue ? 1 : 0;
        return isTrue || word is [(byte)'f'] or [(byte)'F']
            || word.SequenceEqual("false"u8) || word.SequenceEqual("False"u8) || word.SequenceEqual("FALSE"u8);
    }

    private static bool TrySkipText(ReadOnlySpan<byte> text, out int used)
    {
        for (used = 1; used < text.Length; used++)
        {
            if (text[used] == '\\')
            {
                used++;
            }
            else if (text[used] == '"')
            {
                used++;
                return true;
            }
        }

        used = text.Length;
        return false;
    }

    private static bool Ends(ReadOnlySpan<byte> text, int used) =>
        used == text.Length || text[used] is (byte)',' or (byte)' ';
}
