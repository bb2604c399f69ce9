using System.Globalization;

namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>Walks over the tokens of a query and words the faults.</summary>
internal sealed class TokenStream(string text)
{
    private int _at;

    /// <summary>The next token, which stays.</summary>
    public Token Peek() => Lexer.Read(text, _at);

    /// <summary>Takes the next token.</summary>
    public Token Next()
    {
        var token = Peek();
        _at = token.Next;
        return token;
    }

    /// <summary>Takes a reserved word if it is next.</summary>
    public bool TryKeyword(string word)
    {
        var token = Peek();
        if (!token.IsKeyword(word))
        {
            return false;
        }

        _at = token.Next;
        return true;
    }

    /// <summary>Takes a symbol if it is next.</summary>
    public bool TrySymbol(string symbol)
    {
        var token = Peek();
        if (!token.IsSymbol(symbol))
        {
            return false;
        }

        _at = token.Next;
        return true;
    }

    /// <summary>Takes a pattern if one is next.</summary>
    public Pattern? TryRegex()
    {
        if (Lexer.ReadRegex(text, _at) is not { } regex)
        {
            return null;
        }

        try
        {
            var pattern = Pattern.Parse(regex.Pattern);
            _at = regex.Next;
            return pattern;
        }
        catch (InfluxQlException e)
        {
            throw Fault($"{e.Message} at {Place(Math.Max(0, regex.At - 1))}");
        }
    }

    /// <summary>Takes a reserved word that must be next.</summary>
    public void Expect(string word)
    {
        if (!TryKeyword(word))
        {
            throw Unexpected(Peek(), word);
        }
    }

    /// <summary>Takes a symbol that must be next.</summary>
    public void ExpectSymbol(string symbol)
    {
        if (!TrySymbol(symbol))
        {
            throw Unexpected(Peek(), symbol);
        }
    }

    /// <summary>Takes an identifier that must be next.</summary>
    public string ExpectIdentifier()
    {
        var token = Peek();
        if (token.Kind != TokenKind.Identifier)
        {
            throw Unexpected(token, "identifier");
        }

        return Next().Text;
    }

    /// <summary>Takes a whole number that must be next.</summary>
    public int ExpectInteger()
    {
        var token = Peek();
        if (token.Kind != TokenKind.Integer)
        {
            throw Unexpected(token, "integer");
        }

        Next();
        return int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Fault($"unable to parse integer at {Place(token.At)}");
    }

    /// <summary>The fault of a token that should not be there.</summary>
    public InfluxQlException Unexpected(Token token, string expected) =>
        Fault($"found {token.Found}, expected {expected} at {Place(token.At)}");

    /// <summary>A fault of the text.</summary>
    public static InfluxQlException Fault(string message) => new($"error parsing query: {message}");

    private string Place(int at)
    {
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        var line = before.Count('\n') + 1;
        var column = at - (before.LastIndexOf('\n') + 1) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, char {column}");
    }
}
