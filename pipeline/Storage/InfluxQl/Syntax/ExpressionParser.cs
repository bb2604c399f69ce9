using System.Globalization;

namespace Ops.Storage.InfluxQl.Syntax;

// expression = unary { operator unary } ;                precedence below, all left to right
// operator   = "OR" | "AND" | "=" | "!=" | "<>" | "=~" | "!~" | "<" | "<=" | ">" | ">="
//            | "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" ;
// unary      = [ "-" | "+" ] primary ;
// primary    = "(" expression ")" | name [ "(" [ expression { "," expression } ] ")" ] [ "::" cast ]
//            | "DISTINCT" ( name | "(" name ")" ) | "*" [ "::" cast ] 
//            | number | duration | text | "true" | "false" | regex ;
// cast       = "field" | "tag" | "float" | "integer" | "string" | "boolean" ;

/// <summary>Reads expressions by precedence: OR, AND, comparison, sum, product.</summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    /// <summary>How deep brackets and calls may be nested.</summary>
    private const int DepthMax = 100;

    private const string Operand = "identifier, string, number, bool";

    private int _depth;

    /// <summary>Reads one expression.</summary>
    /// <exception cref="InfluxQlException">With InfluxDB's wording and the place.</exception>
    public Expression Read() => ReadAbove(0);

    private static int Precedence(Token token) => token switch
    {
        { Kind: TokenKind.Keyword, Text: "OR" } => 1,
        { Kind: TokenKind.Keyword, Text: "AND" } => 2,
        { Kind: TokenKind.Symbol, Text: "=" or "!=" or "=~" or "!~" or "<" or "<=" or ">" or ">=" } => 3,
        { Kind: TokenKind.Symbol, Text: "+" or "-" or "|" or "^" } => 4,
        { Kind: TokenKind.Symbol, Text: "*" or "/" or "%" or "&" } => 5,
        _ => 0,
    };

    private Expression ReadAbove(int precedence)
    {
        if (++_depth > DepthMax)
        {
            throw TokenStream.Fault($"expression is nested deeper than {DepthMax}");
        }

        var left = ReadUnary();
        while (Precedence(tokens.Peek()) is var next && next > precedence)
        {
            var sign = tokens.Next().Text;
            var right = sign is "=~" or "!~" ? ReadRegex() : ReadAbove(next);
            left = new Binary(sign, left, right);
        }

        _depth--;
        return left;
    }

    private RegexLiteral ReadRegex() =>
        tokens.TryRegex() is { } pattern ? new RegexLiteral(pattern) : throw tokens.Unexpected(tokens.Peek(), "regex");

    private Expression ReadUnary()
    {
        if (tokens.TrySymbol("-"))
        {
            return ReadUnary() switch
            {
                NumberLiteral number => number with { Value = -number.Value },
                DurationLiteral duration => new DurationLiteral(-duration.Ns),
                var other => new Binary("*", new NumberLiteral(-1, true), other),
            };
        }

        return tokens.TrySymbol("+") ? ReadUnary() : ReadPrimary();
    }

    private Expression ReadPrimary()
    {
        if (tokens.TryRegex() is { } pattern)
        {
            return new RegexLiteral(pattern);
        }

        var token = tokens.Next();
        switch (token.Kind)
        {
            case TokenKind.Identifier: return ReadNamed(token.Text);
            case TokenKind.Text: return new TextLiteral(token.Text);
            case TokenKind.Duration: return new DurationLiteral(InfluxDuration.Parse(token.Text));
            case TokenKind.Parameter: throw TokenStream.Fault($"missing parameter: {token.Text}");
            case TokenKind.Integer or TokenKind.Number:
                return new NumberLiteral(
                    double.Parse(token.Text, CultureInfo.InvariantCulture), token.Kind == TokenKind.Integer);
            case TokenKind.Keyword when token.Text is "TRUE" or "FALSE":
                return new TruthLiteral(token.Text == "TRUE");
            case TokenKind.Keyword when token.Text == "DISTINCT":
                return ReadDistinct();
            case TokenKind.Symbol when token.Text == "*":
                return new Wildcard(ReadCast());
            case TokenKind.Symbol when token.Text == "(":
                var inner = ReadAbove(0);
                tokens.ExpectSymbol(")");
                return inner;
            default:
                throw tokens.Unexpected(token, Operand);
        }
    }

    private Call ReadDistinct()
    {
        if (!tokens.TrySymbol("("))
        {
            return new Call("distinct", [new ColumnName(tokens.ExpectIdentifier(), ColumnCast.Any)]);
        }

        return (Call)ReadCall("distinct");
    }

    private Expression ReadNamed(string name)
    {
        if (tokens.TrySymbol("("))
        {
            return ReadCall(name.ToLowerInvariant());
        }

        while (tokens.TrySymbol("."))
        {
            name = $"{name}.{tokens.ExpectIdentifier()}";
        }

        return new ColumnName(name, ReadCast());
    }

    private Expression ReadCall(string name)
    {
        var arguments = new List<Expression>();
        if (!tokens.TrySymbol(")"))
        {
            do
            {
                arguments.Add(Read());
            }
            while (tokens.TrySymbol(","));
            tokens.ExpectSymbol(")");
        }

        return new Call(name, arguments);
    }

    private ColumnCast ReadCast()
    {
        if (!tokens.TrySymbol("::"))
        {
            return ColumnCast.Any;
        }

        var token = tokens.Next();
        return token.Text.ToLowerInvariant() switch
        {
            "tag" => ColumnCast.Tag,
            "field" or "float" or "integer" or "string" or "boolean" => ColumnCast.Field,
            _ => throw tokens.Unexpected(token, "float, integer, string, boolean, field, tag"),
        };
    }
}
