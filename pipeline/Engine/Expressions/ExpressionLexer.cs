using System.Globalization;
using System.Text;

namespace Ops.Pipeline.Expressions;

/// <summary>Cuts an expression into words, with Python's literals.</summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Signs =
        ["**", "//", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "<", ">", "(", ")", "[", "]", "."];

    private int _at;

    /// <summary>Whether the character after the last word is a dot.</summary>
    public bool DotFollows => _at < text.Length && text[_at] == '.';

    public ExpressionToken Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new ExpressionToken(TokenKind.End, "", default, _at + 1);
        }

        var c = text[_at];
        return c switch
        {
            '\'' or '"' => Quoted(c),
            '$' => Meter(),
            _ when char.IsAsciiDigit(c) || (c == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])) =>
                Number(),
            _ when char.IsLetter(c) || c == '_' => Name(),
            _ => Sign(),
        };
    }

    private ExpressionToken Name()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return new ExpressionToken(TokenKind.Name, text[start.._at], default, start + 1);
    }

    private ExpressionToken Meter()
    {
        var start = _at;
        var close = text.IndexOf(')', start);
        var name = close > start + 2 && text[start + 1] == '(' ? text[(start + 2)..close] : "";
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-'))
        {
            throw new ExpressionSyntaxException(
                start + 1, "'$' must start $(meter), a meter of letters, digits, '_', '.' and '-'");
        }

        _at = close + 1;
        return new ExpressionToken(TokenKind.Meter, name, default, start + 1);
    }

    private ExpressionToken Number()
    {
        var start = _at;
        while (_at < text.Length
            && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' || SignsExponent(start)))
        {
            _at++;
        }

        var word = text[start.._at];
        return TryNumber(word, out var value)
            ? new ExpressionToken(TokenKind.Number, word, value, start + 1)
            : throw new ExpressionSyntaxException(start + 1, $"'{word}' is not a number");
    }

    private bool SignsExponent(int start) =>
        text[_at] is '+' or '-' && text[_at - 1] is 'e' or 'E' && !text.AsSpan(start).StartsWith("0x");

    private static bool TryNumber(string word, out ExpressionValue value)
    {
        value = default;
        if (word.EndsWith('_') || word.Contains("__", StringComparison.Ordinal))
        {
            return false;
        }

        var digits = word.Replace("_", "", StringComparison.Ordinal);
        var radix = digits.Length > 2 && digits[0] == '0'
            ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 }
            : 10;
        if (radix != 10)
        {
            return TryRadix(digits.AsSpan(2), radix, out value);
        }

        if (digits.All(char.IsAsciiDigit) && (digits[0] != '0' || digits.All(c => c == '0')))
        {
            value = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
                ? ExpressionValue.Of(whole)
                : ExpressionValue.Of(double.Parse(digits, CultureInfo.InvariantCulture));
            return true;
        }

        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var isFloat = digits.AsSpan().ContainsAny(".eE");
        var parsed = double.TryParse(digits, Styles, CultureInfo.InvariantCulture, out var number);
        value = ExpressionValue.Of(number);
        return isFloat && parsed;
    }

    private static bool TryRadix(ReadOnlySpan<char> digits, int radix, out ExpressionValue value)
    {
        long whole = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 16;
            if (digit >= radix || whole > (long.MaxValue - digit) / radix)
            {
                value = default;
                return false;
            }

            whole = (whole * radix) + digit;
        }

        value = ExpressionValue.Of(whole);
        return true;
    }

    private ExpressionToken Quoted(char quote)
    {
        var start = _at++;
        var content = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            var c = text[_at++];
            content.Append(c == '\\' && _at < text.Length ? Escaped(text[_at++]) : c.ToString());
        }

        if (_at == text.Length)
        {
            throw new ExpressionSyntaxException(start + 1, "the text is not closed");
        }

        _at++;
        return new ExpressionToken(
            TokenKind.Text, text[start.._at], ExpressionValue.Of(content.ToString()), start + 1);
    }

    private static string Escaped(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        '\\' or '\'' or '"' => c.ToString(),
        _ => $"\\{c}",
    };

    private ExpressionToken Sign()
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0)
            {
                _at += sign.Length;
                return new ExpressionToken(TokenKind.Sign, sign, default, _at - sign.Length + 1);
            }
        }

        throw new ExpressionSyntaxException(_at + 1, $"'{text[_at]}' has no meaning in an expression");
    }
}
