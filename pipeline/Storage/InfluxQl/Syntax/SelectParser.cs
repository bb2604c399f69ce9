using System.Globalization;

namespace Ops.Storage.InfluxQl.Syntax;

// select    = "SELECT" field { "," field } "FROM" source { "," source } [ "WHERE" expression ]
//             [ "GROUP" "BY" expression { "," expression } ] [ fill ] [ "ORDER" "BY" "time" [ "ASC" | "DESC" ] ]
//             [ "LIMIT" n ] [ "OFFSET" n ] [ "SLIMIT" n ] [ "SOFFSET" n ] [ "tz" "(" text ")" ] ;
// field     = expression [ "AS" name ] ;
// source    = "(" select ")" | regex | [ name "." [ name ] "." ] ( name | regex ) ;
// fill      = "fill" "(" ( "null" | "none" | "previous" | "linear" | number ) ")" ;

/// <summary>Reads what follows SELECT.</summary>
internal sealed class SelectParser(TokenStream tokens)
{
    /// <summary>How deep subqueries may be nested.</summary>
    private const int SubqueriesMax = 5;

    private readonly ExpressionParser _expressions = new(tokens);
    private int _depth;

    /// <summary>Reads a statement after its first word.</summary>
    public SelectStatement Read()
    {
        var fields = ReadList(ReadField);
        tokens.Expect("FROM");
        var sources = ReadList(ReadSource);
        var condition = tokens.TryKeyword("WHERE") ? _expressions.Read() : null;
        IReadOnlyList<Expression> dimensions = [];
        if (tokens.TryKeyword("GROUP"))
        {
            tokens.Expect("BY");
            dimensions = ReadList(_expressions.Read);
        }

        var fill = ReadFill();
        var isDescending = ReadOrder();
        var paging = ReadPaging(tokens);
        return new SelectStatement(fields, sources, condition, dimensions, fill, isDescending, paging, ReadZone());
    }

    /// <summary>Reads LIMIT, OFFSET, SLIMIT and SOFFSET, each if it is there.</summary>
    public static Paging ReadPaging(TokenStream tokens)
    {
        int Number(string word) => tokens.TryKeyword(word) ? tokens.ExpectInteger() : 0;
        return new Paging(Number("LIMIT"), Number("OFFSET"), Number("SLIMIT"), Number("SOFFSET"));
    }

    /// <summary>Reads a measurement: <c>m</c>, <c>rp.m</c>, <c>db.rp.m</c>, <c>db..m</c>, the last part a name or
    /// pattern.</summary>
    public static MeasurementSource ReadMeasurement(TokenStream tokens)
    {
        if (tokens.TryRegex() is { } pattern)
        {
            return new MeasurementSource(null, null, pattern);
        }

        var parts = new List<string> { tokens.ExpectIdentifier() };
        while (tokens.TrySymbol("."))
        {
            if (tokens.Peek().IsSymbol("."))
            {
                parts.Add("");
            }
            else if (tokens.TryRegex() is { } last)
            {
                return new MeasurementSource(parts.Count > 1 ? parts[0] : null, null, last);
            }
            else
            {
                parts.Add(tokens.ExpectIdentifier());
            }
        }

        return new MeasurementSource(parts.Count > 2 ? parts[0] : null, parts[^1], null);
    }

    private List<T> ReadList<T>(Func<T> read)
    {
        var items = new List<T>();
        do
        {
            items.Add(read());
        }
        while (tokens.TrySymbol(","));
        return items;
    }

    private SelectField ReadField()
    {
        var expression = _expressions.Read();
        return new SelectField(expression, tokens.TryKeyword("AS") ? tokens.ExpectIdentifier() : null);
    }

    private Source ReadSource()
    {
        if (!tokens.TrySymbol("("))
        {
            return ReadMeasurement(tokens);
        }

        if (++_depth > SubqueriesMax)
        {
            throw TokenStream.Fault($"subqueries are nested deeper than {SubqueriesMax}");
        }

        tokens.Expect("SELECT");
        var inner = Read();
        tokens.ExpectSymbol(")");
        _depth--;
        return new SubquerySource(inner);
    }

    private Fill ReadFill()
    {
        if (!TryWord("fill"))
        {
            return new Fill(FillKind.Null);
        }

        tokens.ExpectSymbol("(");
        var negative = tokens.TrySymbol("-");
        var token = tokens.Next();
        var fill = token switch
        {
            { Kind: TokenKind.Identifier, Text: "null" } => new Fill(FillKind.Null),
            { Kind: TokenKind.Identifier, Text: "none" } => new Fill(FillKind.None),
            { Kind: TokenKind.Identifier, Text: "previous" } => new Fill(FillKind.Previous),
            { Kind: TokenKind.Identifier, Text: "linear" } => new Fill(FillKind.Linear),
            { Kind: TokenKind.Integer or TokenKind.Number } => new Fill(
                FillKind.Number, double.Parse(token.Text, CultureInfo.InvariantCulture) * (negative ? -1 : 1)),
            _ => throw TokenStream.Fault("expected number argument in fill()"),
        };
        tokens.ExpectSymbol(")");
        return fill;
    }

    private bool ReadOrder()
    {
        if (!tokens.TryKeyword("ORDER"))
        {
            return false;
        }

        tokens.Expect("BY");
        if (tokens.Peek() is { Kind: TokenKind.Identifier } name
            && !name.Text.Equals("time", StringComparison.OrdinalIgnoreCase))
        {
            throw TokenStream.Fault("only ORDER BY time supported at this time");
        }

        if (tokens.Peek().Kind == TokenKind.Identifier)
        {
            tokens.Next();
        }

        return tokens.TryKeyword("DESC") || (tokens.TryKeyword("ASC") && false);
    }

    private TimeZoneInfo? ReadZone()
    {
        if (!TryWord("tz"))
        {
            return null;
        }

        tokens.ExpectSymbol("(");
        var token = tokens.Next();
        if (token.Kind != TokenKind.Text)
        {
            throw tokens.Unexpected(token, "string");
        }

        tokens.ExpectSymbol(")");
        return TimeZoneInfo.TryFindSystemTimeZoneById(token.Text, out var zone)
            ? zone
            : throw TokenStream.Fault($"unable to find time zone {token.Text}");
    }

    private bool TryWord(string word)
    {
        var token = tokens.Peek();
        if (token.Kind != TokenKind.Identifier || !token.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        tokens.Next();
        return true;
    }
}
