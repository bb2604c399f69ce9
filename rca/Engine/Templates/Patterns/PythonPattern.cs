using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ops.Rca.Templates.Patterns;

/// <summary>Translates a regular expression from Python's syntax to .NET's, and refuses what Python refuses.</summary>
/// <remarks>What both read alike passes unchanged; .NET's own constructor then judges nesting, ranges and repeats.
/// Source: Python 3.11, module re.</remarks>
internal sealed class PythonPattern
{
    private readonly string _pattern;
    private readonly StringBuilder _out = new();
    private readonly HashSet<string> _names = [];
    private RegexOptions _options;
    private int _at;
    private bool _afterAnchor;

    private PythonPattern(string pattern) => _pattern = pattern;

    public static bool TryTranslate(
        string pattern, out TranslatedPattern translated, [NotNullWhen(false)] out string? error)
    {
        var reader = new PythonPattern(pattern);
        error = reader.Read();
        translated = new TranslatedPattern(reader._out.ToString(), reader._options);
        return error is null;
    }

    /// <summary>Puts the constructor's complaint in words, without the text that was wrapped around.</summary>
    public static string Explain(RegexParseException fault) => fault.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => "missing )",
        RegexParseError.InsufficientOpeningParentheses => "unbalanced parenthesis",
        RegexParseError.UnterminatedBracket => "unterminated character set",
        RegexParseError.QuantifierAfterNothing => "nothing to repeat",
        RegexParseError.NestedQuantifiersNotParenthesized => "multiple repeat",
        RegexParseError.ReversedCharacterRange => "bad character range",
        RegexParseError.ReversedQuantifierRange => "min repeat greater than max repeat",
        RegexParseError.UnescapedEndingBackslash => "bad escape at the end",
        RegexParseError.UndefinedNumberedReference or RegexParseError.UndefinedNamedReference =>
            "invalid group reference",
        _ => "not a regular expression (" + fault.Error + ")",
    };

    private string? Read()
    {
        string? error = null;
        while (error is null && _at < _pattern.Length)
        {
            var c = _pattern[_at];
            var wasAnchor = _afterAnchor;
            _afterAnchor = false;
            error = c switch
            {
                '\\' => Escape(),
                '[' => Set(),
                '(' when Follows("(?") => Extension(),
                '{' => Braces(wasAnchor),
                '*' or '+' or '?' when wasAnchor => "nothing to repeat",
                '*' or '+' or '?' => Quantifier(),
                '^' => Copy(1, isAnchor: true),
                _ => Copy(1),
            };
        }

        return error;
    }

    private string? Quantifier()
    {
        Copy(1);
        return PossessiveError();
    }

    private string? PossessiveError() => Follows("+") ? "possessive repeats are not supported" : null;

    private string? Braces(bool wasAnchor)
    {
        var close = _pattern.IndexOf('}', _at);
        var inside = close < 0 ? "" : _pattern[(_at + 1)..close];
        if (!Regex.IsMatch(inside, @"\A(?:[0-9]+,?[0-9]*|,[0-9]*)\z"))
        {
            _out.Append("\\{");
            _at++;
            return null;
        }

        if (wasAnchor)
        {
            return "nothing to repeat";
        }

        _out.Append('{').Append(inside[0] == ',' ? "0" : "").Append(inside).Append('}');
        _at = close + 1;
        return PossessiveError();
    }

    private string? Escape()
    {
        if (_at + 1 >= _pattern.Length)
        {
            return "bad escape at the end";
        }

        var c = _pattern[_at + 1];
        switch (c)
        {
            case 'Z':
                _out.Append("\\z");
                _at += 2;
                _afterAnchor = true;
                return null;
            case 'A' or 'b' or 'B':
                return Copy(2, isAnchor: true);
            case 'x' or 'u' or 'U':
                return Code(c);
            case >= 'a' and <= 'z' or >= 'A' and <= 'Z' when !"dDsSwWafnrtv".Contains(c):
                return $"bad escape \\{c} at position {_at}";
            default:
                return CopyEscaped(c);
        }
    }

    private string? CopyEscaped(char c)
    {
        if (char.IsAsciiLetterOrDigit(c))
        {
            return Copy(2);
        }

        _out.Append(Literal(c));
        _at += 2;
        return null;
    }

    private string? Code(char kind)
    {
        var digits = kind switch { 'x' => 2, 'u' => 4, _ => 8 };
        var end = _at + 2 + digits;
        if (end > _pattern.Length
            || !uint.TryParse(
                _pattern.AsSpan(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                    out var code)
            || (code is >= 0xD800 and <= 0xDFFF && digits == 8) || code > 0x10FFFF)
        {
            return $"incomplete or bad escape \\{kind} at position {_at}";
        }

        _out.Append(code > 0xFFFF
            ? $"(?:{char.ConvertFromUtf32((int)code)})"
            : string.Create(CultureInfo.InvariantCulture, $"\\u{code:X4}"));
        _at = end;
        return null;
    }

    private string? Set()
    {
        var start = _at;
        Copy(Follows("[^") ? 2 : 1);
        for (var first = true; _at < _pattern.Length; first = false)
        {
            var c = _pattern[_at];
            if (c == ']' && !first)
            {
                return Copy(1);
            }

            var error = c == '\\' ? EscapeInSet() : LiteralInSet(c);
            if (error is not null)
            {
                return error;
            }
        }

        return $"unterminated character set at position {start}";
    }

    private string? EscapeInSet()
    {
        var c = _at + 1 < _pattern.Length ? _pattern[_at + 1] : 'Z';
        return c switch
        {
            'b' => Copy(2),
            'x' or 'u' or 'U' => Code(c),
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' when !"dDsSwWafnrtv".Contains(c) =>
                $"bad escape \\{c} at position {_at}",
            _ => CopyEscaped(c),
        };
    }

    private string? LiteralInSet(char c)
    {
        _out.Append(c is '[' or ']' ? "\\" + c : c.ToString());
        _at++;
        return null;
    }

    private string? Extension()
    {
        foreach (var same in (ReadOnlySpan<string>)["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>", "(?#"])
        {
            if (Follows(same))
            {
                return Copy(same.Length);
            }
        }

        var rest = _pattern[_at..];
        if (Regex.Match(rest, @"\A\(\?P<([^\W\d]\w*)>") is { Success: true } named)
        {
            _out.Append("(?<").Append(named.Groups[1].Value).Append('>');
            _at += named.Length;
            return _names.Add(named.Groups[1].Value) ? null : $"redefinition of group name '{named.Groups[1].Value}'";
        }

        if (Regex.Match(rest, @"\A\(\?P=([^\W\d]\w*)\)") is { Success: true } again)
        {
            _out.Append("\\k<").Append(again.Groups[1].Value).Append('>');
            _at += again.Length;
            return _names.Contains(again.Groups[1].Value) ? null : $"unknown group name '{again.Groups[1].Value}'";
        }

        if (Regex.Match(rest, @"\A\(\?\((\w+)\)") is { Success: true } conditional)
        {
            return Copy(conditional.Length);
        }

        return Flags(rest);
    }

    private string? Flags(string rest)
    {
        if (Regex.Match(rest, @"\A\(\?([aiLmsux]*)(-[imsx]+)?(:|\))") is not { Success: true } flags
            || flags.Groups[1].Value.Contains('L'))
        {
            return $"unknown extension {rest[..Math.Min(3, rest.Length)]} at position {_at}";
        }

        var on = flags.Groups[1].Value.Replace("a", "").Replace("u", "");
        if (flags.Groups[3].Value == ":")
        {
            _out.Append("(?").Append(on).Append(flags.Groups[2].Value).Append(':');
        }
        else if (_at > 0 || flags.Groups[2].Success || flags.Groups[1].Length == 0)
        {
            return $"flags not at the start of the expression at position {_at}";
        }

        _at += flags.Length;
        if (flags.Groups[3].Value == ")")
        {
            _options |= (on.Contains('i') ? RegexOptions.IgnoreCase : 0)
            | (on.Contains('m') ? RegexOptions.Multiline : 0)
                | (on.Contains('s') ? RegexOptions.Singleline : 0)
                | (on.Contains('x') ? RegexOptions.IgnorePatternWhitespace : 0);
        }

        return null;
    }

    private string? Copy(int count, bool isAnchor = false)
    {
        _out.Append(_pattern, _at, count);
        _at += count;
        _afterAnchor = isAnchor;
        return null;
    }

    private bool Follows(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private static string Literal(char c) => char.IsLetter(c) || c == '_' ? c.ToString() : "\\" + c;
}
