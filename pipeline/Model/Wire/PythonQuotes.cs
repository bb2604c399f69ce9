using System.Globalization;
using System.Text;

namespace Ops.Model;

/// <summary>Texts as Python's <c>repr()</c> quotes them, as <c>str</c> or as UTF-8 <c>bytes</c>.</summary>
internal static class PythonQuotes
{
    public static void Append(StringBuilder text, string plain, bool isByteText)
    {
        var quote = plain.Contains('\'', StringComparison.Ordinal) && !plain.Contains('"', StringComparison.Ordinal)
            ? '"'
            : '\'';
        text.Append(isByteText ? "b" : "").Append(quote);
        if (isByteText)
        {
            foreach (var one in Encoding.UTF8.GetBytes(plain))
            {
                AppendByte(text, one, quote);
            }
        }
        else
        {
            foreach (var rune in plain.EnumerateRunes())
            {
                AppendRune(text, rune, quote);
            }
        }

        text.Append(quote);
    }

    private static void AppendByte(StringBuilder text, byte one, char quote)
    {
        if (!AppendAscii(text, (char)one, quote))
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
        }
    }

    private static void AppendRune(StringBuilder text, Rune rune, char quote)
    {
        if (rune.IsAscii && AppendAscii(text, (char)rune.Value, quote))
        {
            return;
        }

        if (IsPrintable(rune))
        {
            text.Append(rune.ToString());
            return;
        }

        _ = rune.Value switch
        {
            <= 0xff => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            <= 0xffff => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
            _ => text.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
        };
    }

    private static bool AppendAscii(StringBuilder text, char c, char quote)
    {
        switch (c)
        {
            case '\t': text.Append("\\t"); return true;
            case '\n': text.Append("\\n"); return true;
            case '\r': text.Append("\\r"); return true;
            case < ' ' or > '~': return false;
            case '\\': text.Append("\\\\"); return true;
            default: text.Append(c == quote ? "\\" : "").Append(c); return true;
        }
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator);
}
