using System.Collections.Frozen;
using System.Text;

namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>Cuts InfluxQL text into tokens, from any offset.</summary>
internal static class Lexer
{
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "ALL", "ALTER", "ANALYZE", "AND", "ANY", "AS", "ASC", "BEGIN", "BY", "CARDINALITY", "CREATE", "CONTINUOUS",
        "DATABASE", "DATABASES", "DEFAULT", "DELETE", "DESC", "DESTINATIONS", "DIAGNOSTICS", "DISTINCT", "DROP",
        "DURATION", "END", "EVERY", "EXACT", "EXPLAIN", "FALSE", "FIELD", "FOR", "FROM", "GRANT", "GRANTS", "GROUP",
        "GROUPS", "IN", "INF", "INSERT", "INTO", "KEY", "KEYS", "KILL", "LIMIT", "MEASUREMENT", "MEASUREMENTS", "NAME",
        "OFFSET", "ON", "OR", "ORDER", "PASSWORD", "POLICY", "POLICIES", "PRIVILEGES", "QUERIES", "QUERY", "READ",
        "REPLICATION", "RESAMPLE", "RETENTION", "REVOKE", "SELECT", "SERIES", "SET", "SHOW", "SHARD", "SHARDS",
        "SLIMIT", "SOFFSET", "STATS", "SUBSCRIPTION", "SUBSCRIPTIONS", "TAG", "TO", "TRUE", "USER", "USERS", "VALUES",
        "WHERE", "WITH", "WRITE",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The token that begins at or after an offset.</summary>
    /// <remarks>The offsets in messages are InfluxDB's: a quoted token is counted from before its quote, and the end of
    /// the text one further after a bare word.</remarks>
    public static Token Read(string text, int from)
    {
        var at = SkipSpace(text, from);
        if (at >= text.Length)
        {
            var afterWord = from == text.Length && from > 0 && IsWord(text[from - 1]) && !IsInNumber(text, from - 1);
            return new Token(TokenKind.End, "", text.Length + (afterWord ? 1 : 0), text.Length);
        }

        var c = text[at];
        return c switch
        {
            '"' or '\'' => Quoted(text, at, c),
            '$' => Parameter(text, at),
            _ when IsDigit(c) || (c == '.' && at + 1 < text.Length && IsDigit(text[at + 1])) => Number(text, at),
            _ when IsWordStart(c) => Word(text, at),
            _ => Symbol(text, at),
        };
    }

    /// <summary>The pattern between slashes that begins at or after an offset; null when there is no slash or no
    /// end.</summary>
    public static (string Pattern, int At, int Next)? ReadRegex(string text, int from)
    {
        var at = SkipSpace(text, from);
        if (at >= text.Length || text[at] != '/')
        {
            return null;
        }

        var pattern = new StringBuilder();
        for (var i = at + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == '/')
            {
                return (pattern.ToString(), at, i + 1);
            }

            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '/')
            {
                i++;
            }

            pattern.Append(text[i]);
        }

        return null;
    }

    /// <summary>The offset of the next character that is neither space nor comment.</summary>
    public static int SkipSpace(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("--"))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(at).StartsWith("/*")
                && text.IndexOf("*/", at + 2, StringComparison.Ordinal) is var close and >= 0)
            {
                at = close + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static Token Quoted(string text, int at, char quote)
    {
        var kind = quote == '"' ? TokenKind.Identifier : TokenKind.Text;
        var value = new StringBuilder();
        var shown = Math.Max(0, at - 1);
        for (var i = at + 1; i < text.Length && text[i] != '\n'; i++)
        {
            if (text[i] == quote)
            {
                return new Token(kind, value.ToString(), shown, i + 1);
            }

            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                if (text[i] is not ('n' or '\\' or '"' or '\''))
                {
                    return new Token(TokenKind.BrokenText, "\\" + text[i], i - 1, i + 1);
                }

                value.Append(text[i] == 'n' ? '\n' : text[i]);
                continue;
            }

            value.Append(text[i]);
        }

        return new Token(TokenKind.BrokenText, value.ToString(), shown, text.Length);
    }

    private static Token Number(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsDigit(text[end]))
        {
            end++;
        }

        if (end < text.Length && text[end] == '.')
        {
            end++;
            while (end < text.Length && IsDigit(text[end]))
            {
                end++;
            }

            return new Token(TokenKind.Number, text[at..end], at, end);
        }

        if (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == 'µ'))
        {
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == 'µ'))
            {
                end++;
            }

            return new Token(TokenKind.Duration, text[at..end], at, end);
        }

        return new Token(TokenKind.Integer, text[at..end], at, end);
    }

    private static Token Parameter(string text, int at)
    {
        var word = Word(text, at + 1);
        return new Token(TokenKind.Parameter, text[(at + 1)..word.Next], at, word.Next);
    }

    private static Token Word(string text, int at)
    {
        var end = at;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        var word = text[at..end];
        var upper = word.ToUpperInvariant();
        return Keywords.Contains(upper)
            ? new Token(TokenKind.Keyword, upper, at, end)
            : new Token(TokenKind.Identifier, word, at, end);
    }

    private static Token Symbol(string text, int at)
    {
        foreach (var two in new[] { "=~", "!~", "!=", "<>", "<=", ">=", "::" })
        {
            if (text.AsSpan(at).StartsWith(two))
            {
                return new Token(TokenKind.Symbol, two == "<>" ? "!=" : two, at, at + 2);
            }
        }

        return new Token(TokenKind.Symbol, text[at].ToString(), at, at + 1);
    }

    private static bool IsInNumber(string text, int at)
    {
        while (at >= 0 && IsWord(text[at]))
        {
            at--;
        }

        return IsDigit(text[at + 1]);
    }

    private static bool IsDigit(char c) => char.IsAsciiDigit(c);

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
