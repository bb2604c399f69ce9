using System.Text;

namespace Ops.Collectors.Notifications.Paths;

/// <summary>Cuts a path into words.</summary>
/// <remarks>
/// A bare name may hold dashes (<c>a-b</c> is one name) and begin with <c>@</c>; in quotes a backslash takes the next
/// character as it is.
/// </remarks>
internal sealed class PathLexer(string path)
{
    private const string Signs = "*.[]()$,:|&?@+-/\\";

    private int _at;

    public static List<PathToken> Read(string path)
    {
        var lexer = new PathLexer(path);
        var tokens = new List<PathToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != PathTokenKind.End);
        return tokens;
    }

    private PathToken Next()
    {
        while (_at < path.Length && path[_at] is ' ' or '\t' or '\n')
        {
            _at++;
        }

        var start = _at;
        if (_at == path.Length)
        {
            return new PathToken(PathTokenKind.End, "", start + 1);
        }

        var c = path[_at];
        return c switch
        {
            '\'' or '"' => new PathToken(PathTokenKind.Name, Quoted(c), start + 1),
            '`' => new PathToken(PathTokenKind.Operation, Quoted(c), start + 1),
            '=' or '!' or '<' or '>' or '~' => Comparison(),
            _ when IsNameStart(_at) => Word(),
            _ when char.IsAsciiDigit(c) || (c == '-' && char.IsAsciiDigit(Peek(1))) => Number(),
            _ => Sign(),
        };
    }

    private PathToken Word()
    {
        var start = _at++;
        while (_at < path.Length && (char.IsAsciiLetterOrDigit(path[_at]) || path[_at] is '_' or '@' or '-'))
        {
            _at++;
        }

        var text = path[start.._at];
        var kind = text switch
        {
            "true" or "false" => PathTokenKind.Truth,
            "where" => PathTokenKind.Where,
            _ => PathTokenKind.Name,
        };
        return new PathToken(kind, text, start + 1);
    }

    private PathToken Number()
    {
        var start = _at++;
        TakeDigits();
        if (_at + 1 < path.Length && path[_at] == '.' && char.IsAsciiDigit(path[_at + 1]))
        {
            _at++;
            TakeDigits();
        }

        return new PathToken(PathTokenKind.Number, path[start.._at], start + 1);
    }

    private PathToken Comparison()
    {
        var start = _at;
        var length = path[_at] != '~' && Peek(1) == '=' ? 2 : 1;
        _at += length;
        var text = path[start.._at];
        return text == "!"
            ? throw new PathSyntaxException($"'!' at {start + 1} must be '!='")
            : new PathToken(PathTokenKind.Comparison, text, start + 1);
    }

    private PathToken Sign()
    {
        var start = _at;
        if (!Signs.Contains(path[_at], StringComparison.Ordinal))
        {
            throw new PathSyntaxException($"unexpected character '{path[_at]}' at {_at + 1}; quote names that hold it");
        }

        _at += path[_at] == '.' && Peek(1) == '.' ? 2 : 1;
        return new PathToken(PathTokenKind.Sign, path[start.._at], start + 1);
    }

    private string Quoted(char quote)
    {
        var start = _at++;
        var text = new StringBuilder();
        for (; _at < path.Length && path[_at] != quote; _at++)
        {
            if (path[_at] == '\\' && _at + 1 < path.Length)
            {
                _at++;
            }

            text.Append(path[_at]);
        }

        if (_at == path.Length)
        {
            throw new PathSyntaxException($"the {quote} at {start + 1} is not closed");
        }

        _at++;
        return text.ToString();
    }

    private void TakeDigits()
    {
        while (_at < path.Length && char.IsAsciiDigit(path[_at]))
        {
            _at++;
        }
    }

    private bool IsNameStart(int at)
    {
        var first = path[at] == '@' && at + 1 < path.Length ? path[at + 1] : path[at];
        return char.IsAsciiLetter(first) || first == '_';
    }

    private char Peek(int ahead) => _at + ahead < path.Length ? path[_at + ahead] : '\0';
}
