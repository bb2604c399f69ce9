using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>Reads the expressions of declared meters.</summary>
/// <remarks>
/// <code>
/// sum     = product { ("+" | "-") product }
/// product = term { ("*" | "/") term }
/// term    = number | name | "(" sum ")" | "-" term
/// </code>
/// Names are letters, digits and <c>_</c>. At most 1000 characters, 32 levels deep.
/// </remarks>
internal sealed class SnmpExpressionReader
{
    private const int LengthMax = 1000;
    private const int DepthMax = 32;

    private readonly string _text;
    private readonly IReadOnlyDictionary<string, SnmpExpression> _names;
    private int _at;
    private int _depth;
    private string? _fault;

    private SnmpExpressionReader(string text, IReadOnlyDictionary<string, SnmpExpression> names) =>
        (_text, _names) = (text, names);

    /// <summary>Reads an expression over the named objects; null and a fault where it is wrong.</summary>
    public static SnmpExpression? Read(
        string text, IReadOnlyDictionary<string, SnmpExpression> names, out string fault)
    {
        if (text.Length > LengthMax)
        {
            fault = $"has {text.Length} characters, {LengthMax} are allowed";
            return null;
        }

        var reader = new SnmpExpressionReader(text, names);
        var expression = reader.Sum();
        reader.SkipBlanks();
        if (reader._fault is null && reader._at < text.Length)
        {
            reader.Fail($"unexpected '{text[reader._at]}' at {reader._at + 1}");
        }

        fault = reader._fault ?? "";
        return reader._fault is null ? expression : null;
    }

    private SnmpExpression Sum()
    {
        var left = Product();
        while (Next() is '+' or '-')
        {
            var sign = _text[_at++];
            left = new SnmpOperation(sign, left, Product());
        }

        return left;
    }

    private SnmpExpression Product()
    {
        var left = Term();
        while (Next() is '*' or '/')
        {
            var sign = _text[_at++];
            left = new SnmpOperation(sign, left, Term());
        }

        return left;
    }

    private SnmpExpression Term()
    {
        if (++_depth > DepthMax)
        {
            return Fail($"is more than {DepthMax} levels deep");
        }

        var term = Next() switch
        {
            '(' => Bracketed(),
            '-' => Negated(),
            >= '0' and <= '9' => Number(),
            { } letter when char.IsAsciiLetter(letter) || letter == '_' => Name(),
            null => Fail("ends where a number or a name should be"),
            { } other => Fail($"unexpected '{other}' at {_at + 1}"),
        };
        _depth--;
        return term;
    }

    private SnmpExpression Bracketed()
    {
        _at++;
        var inner = Sum();
        if (Next() != ')')
        {
            return Fail("lacks a ')'");
        }

        _at++;
        return inner;
    }

    private SnmpOperation Negated()
    {
        _at++;
        return new SnmpOperation('-', new SnmpConstant(0), Term());
    }

    private SnmpExpression Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        return double.TryParse(
            _text.AsSpan(start, _at - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
            ? new SnmpConstant(number)
            : Fail($"'{_text[start.._at]}' is no number");
    }

    private SnmpExpression Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        var name = _text[start.._at];
        return _names.TryGetValue(name, out var known)
            ? known
            : Fail($"names '{name}'; there are: {string.Join(", ", _names.Keys)}"
                + NearestName.Hint(name, _names.Keys));
    }

    private char? Next()
    {
        SkipBlanks();
        return _fault is null && _at < _text.Length ? _text[_at] : null;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private SnmpConstant Fail(string fault)
    {
        _fault ??= fault;
        _at = _text.Length;
        return new SnmpConstant(0);
    }
}
