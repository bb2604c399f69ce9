using System.Buffers.Text;

namespace Ops.Collectors.InfluxLine;

/// <summary>Reads decimal numbers fast: exactly by table where the digits allow, else by the base library.</summary>
internal static class NumberText
{
    /// <summary>The digits that a double holds exactly.</summary>
    private const long ExactMax = 1L << 53;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number at the start of a text.</summary>
    /// <param name="text">Begins with a digit, a minus sign or a dot.</param>
    /// <param name="value">The value; a whole number past 2^53 is rounded.</param>
    /// <param name="used">How many bytes it takes, a suffix <c>i</c> or <c>u</c> included.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out double value, out int used)
    {
        var at = text.Length > 0 && text[0] == '-' ? 1 : 0;
        var isNegative = at == 1;
        var (mantissa, digits, fraction) = (0L, 0, 0);
        var hasDot = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                mantissa = digits < 18 ? (mantissa * 10) + digit : mantissa;
                digits++;
                fraction += hasDot ? 1 : 0;
            }
            else if (text[at] == '.' && !hasDot)
            {
                hasDot = true;
            }
            else
            {
                break;
            }
        }

        used = at;
        value = 0;
        if (digits == 0)
        {
            return false;
        }

        if (at < text.Length && text[at] is (byte)'i' or (byte)'u')
        {
            return !hasDot && TryReadWhole(text[..at], text[at] == 'u', out value, ref used);
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            return TryReadLong(text, out value, out used);
        }

        if (digits > 18 || mantissa > ExactMax || fraction >= PowersOfTen.Length)
        {
            return TryReadLong(text[..at], out value, out used);
        }

        value = fraction == 0 ? mantissa : mantissa / PowersOfTen[fraction];
        value = isNegative ? -value : value;
        return true;
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> digits, bool isUnsigned, out double value, ref int used)
    {
        used++;
        if (isUnsigned)
        {
            var isWhole = Utf8Parser.TryParse(digits, out ulong natural, out var taken) && taken == digits.Length;
            value = natural;
            return isWhole;
        }

        var fits = Utf8Parser.TryParse(digits, out long whole, out var read) && read == digits.Length;
        value = whole;
        return fits;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> text, out double value, out int used) =>
        Utf8Parser.TryParse(text, out value, out used) && double.IsFinite(value);
}
