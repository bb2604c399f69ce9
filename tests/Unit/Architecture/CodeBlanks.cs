namespace Ops.Unit.Architecture;

/// <summary>Blanks comments, strings and characters out of C# text, so that its braces can be counted.</summary>
internal static class CodeBlanks
{
    /// <summary>The text with spaces for what is blanked; line ends and length stay.</summary>
    public static string Blank(string text)
    {
        var code = text.ToCharArray();
        var at = 0;
        while (at < code.Length)
        {
            var end = EndOfBlank(text, at);
            for (var i = at; i < end; i++)
            {
                code[i] = code[i] == '\n' ? '\n' : ' ';
            }

            at = Math.Max(end, at + 1);
        }

        return new string(code);
    }

    /// <summary>
    /// Where the comment, string, character or directive that begins here ends; the place itself where none does.
    /// </summary>
    private static int EndOfBlank(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("//") || (rest[0] == '#' && IsFirstOfLine(text, at)))
        {
            return at + (rest.IndexOf('\n') is >= 0 and var line ? line : rest.Length);
        }

        if (rest.StartsWith("/*"))
        {
            return at + (rest.IndexOf("*/") is >= 0 and var close ? close + 2 : rest.Length);
        }

        if (rest[0] == '\'')
        {
            return Escaped(text, at, '\'');
        }

        var quote = at;
        while (quote < text.Length && text[quote] is '$' or '@')
        {
            quote++;
        }

        return quote < text.Length && text[quote] == '"' ? EndOfString(text, at, quote) : at;
    }

    private static int EndOfString(string text, int at, int quote)
    {
        var quotes = 0;
        while (quote + quotes < text.Length && text[quote + quotes] == '"')
        {
            quotes++;
        }

        if (quotes >= 3)
        {
            var close = text.IndexOf(new string('"', quotes), quote + quotes, StringComparison.Ordinal);
            close = close < 0 ? text.Length - quotes : close;
            while (close + quotes < text.Length && text[close + quotes] == '"')
            {
                close++;
            }

            return close + quotes;
        }

        var prefix = text.AsSpan(at, quote - at);
        if (prefix.Contains('@'))
        {
            return Verbatim(text, quote);
        }

        return prefix.Contains('$') ? Interpolated(text, quote) : Escaped(text, quote, '"');
    }

    private static int Escaped(string text, int open, char quote)
    {
        for (var at = open + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == quote)
            {
                return at + 1;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return open + 1;
    }

    private static int Verbatim(string text, int open)
    {
        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
            {
                return at + 1;
            }

            at += text[at] == '"' ? 1 : 0;
        }

        return text.Length;
    }

    /// <summary>Holes may hold strings of their own.</summary>
    private static int Interpolated(string text, int open)
    {
        var depth = 0;
        for (var at = open + 1; at < text.Length; at++)
        {
            if (depth == 0 && text[at] == '"')
            {
                return at + 1;
            }

            if (text[at] == '\\' || text.AsSpan(at).StartsWith("{{")
                || (depth == 0 && text.AsSpan(at).StartsWith("}}")))
            {
                at++;
            }
            else if (depth > 0 && EndOfBlank(text, at) is var end && end > at)
            {
                at = end - 1;
            }
            else
            {
                depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            }
        }

        return text.Length;
    }

    private static bool IsFirstOfLine(string text, int at)
    {
        var line = text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        return at == 0 || text.AsSpan(line, at - line).IsWhiteSpace();
    }
}
