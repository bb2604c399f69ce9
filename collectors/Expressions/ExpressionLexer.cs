using System.Text;

namespace Ops.Collectors.Expressions;

/// <summary>Splits an expression into words.</summary>
internal static class ExpressionLexer
{
    public const int CharsMax = 10_000;

    private static readonly string[] Signs =
    [
        "**", "//", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ",", ":", ".", "+", "-", "*", "/", "%", "<",
        ">",
    ];

    public static List<ExpressionToken> Split(string text)
    {
        if (text.Length > CharsMax)
        {
            throw new ExpressionSyntaxException(0, $"is longer than {CharsMax} characters");
        }

        var tokens = new List<ExpressionToken>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            tokens.Add(Next(text, ref at));
        }

        tokens.Add(new ExpressionToken(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static ExpressionToken Next(string text, ref int at)
    {
        var start = at;
        var c = text[at];
        if (c is '\'' or '"')
        {
            return Quoted(text, ref at, start, false, false);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            var name = text[start..at];
            if (at < text.Length && text[at] is '\'' or '"' && name.ToLowerInvariant() is "f" or "r" or "u")
            {
                var letter = char.ToLowerInvariant(name[0]);
                return Quoted(text, ref at, start, letter == 'r', letter == 'f');
            }

            return new ExpressionToken(TokenKind.Name, name, start);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, ref at);
        }

        foreach (var sign in Signs)
        {
            if (text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
            {
                at += sign.Length;
                return new ExpressionToken(TokenKind.Sign, sign, start);
            }
        }

        throw new ExpressionSyntaxException(at, $"'{c}' is not allowed in an expression");
    }

    private static ExpressionToken Number(string text, ref int at)
    {
        var start = at;
        var kind = TokenKind.Whole;
        while (at < text.Length)
        {
            var c = text[at];
            var isExponentSign = c is '+' or '-' && text[at - 1] is 'e' or 'E' && at > start;
            if (!char.IsAsciiDigit(c) && c is not ('.' or 'e' or 'E' or '_') && !(isExponentSign && c is '+' or '-'))
            {
                break;
            }

            kind = c is '.' or 'e' or 'E' ? TokenKind.Number : kind;
            at++;
        }

        return new ExpressionToken(kind, text[start..at].Replace("_", "", StringComparison.Ordinal), start);
    }

    private static ExpressionToken Quoted(string text, ref int at, int start, bool isRaw, bool isFormat)
    {
        var mark = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] != mark)
        {
            if (text[at] == '\\' && at + 1 < text.Length && !isRaw)
            {
                value.Append(text[at + 1] switch
                {
                    'n' => "\n",
                    't' => "\t",
                    'r' => "\r",
                    '\\' or '\'' or '"' => text[at + 1].ToString(),
                    var other => $"\\{other}",
                });
                at += 2;
                continue;
            }

            value.Append(text[at++]);
        }

        if (at >= text.Length)
        {
            throw new ExpressionSyntaxException(start, $"the text that begins here has no closing {mark}");
        }

        at++;
        return new ExpressionToken(TokenKind.Text, value.ToString(), start, isFormat);
    }
}
