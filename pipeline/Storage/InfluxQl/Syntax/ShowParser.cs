namespace Ops.Storage.InfluxQl.Syntax;

// show = "SHOW" ( "DATABASES" | "RETENTION" "POLICIES" [ on ] | "SERIES" [ on ] [ from ] [ where ] paging
//        | "MEASUREMENTS" [ on ] [ "WITH" "MEASUREMENT" ( "=" name | "=~" regex ) ] [ where ] paging
//        | "TAG" "KEYS" [ on ] [ from ] [ where ] paging
//        | "TAG" "VALUES" [ on ] [ from ] "WITH" "KEY" keys [ where ] paging
//        | "FIELD" "KEYS" [ on ] [ from ] paging ) ;
// keys = ( "=" | "!=" ) name | ( "=~" | "!~" ) regex | "IN" "(" name { "," name } ")" ;

/// <summary>Reads what follows SHOW.</summary>
internal sealed class ShowParser(TokenStream tokens)
{
    private const string Kinds =
        "CONTINUOUS, DATABASES, DIAGNOSTICS, FIELD, GRANTS, MEASUREMENT, MEASUREMENTS, QUERIES, RETENTION, SERIES, "
        + "SHARD, SHARDS, STATS, SUBSCRIPTIONS, TAG, USERS";

    private readonly ExpressionParser _expressions = new(tokens);

    /// <summary>Reads a statement after its first word.</summary>
    public ShowStatement Read()
    {
        var token = tokens.Next();
        switch (token.Kind == TokenKind.Keyword ? token.Text : "")
        {
            case "DATABASES":
                return new ShowStatement(ShowKind.Databases, null, [], null, null, default);
            case "RETENTION":
                tokens.Expect("POLICIES");
                return new ShowStatement(ShowKind.RetentionPolicies, ReadOn(), [], null, null, default);
            case "MEASUREMENTS":
                return ReadMeasurements();
            case "SERIES":
                return ReadRest(ShowKind.Series, ReadOn(), keys: false);
            case "FIELD":
                ExpectKeys("KEY, KEYS");
                return ReadRest(ShowKind.FieldKeys, ReadOn(), keys: false);
            case "TAG" when tokens.TryKeyword("VALUES"):
                return ReadRest(ShowKind.TagValues, ReadOn(), keys: true);
            case "TAG":
                ExpectKeys("KEY, KEYS, VALUES");
                return ReadRest(ShowKind.TagKeys, ReadOn(), keys: false);
            default:
                throw tokens.Unexpected(token, Kinds);
        }
    }

    private ShowStatement ReadMeasurements()
    {
        var database = ReadOn();
        var sources = new List<MeasurementSource>();
        if (tokens.TryKeyword("WITH"))
        {
            tokens.Expect("MEASUREMENT");
            if (tokens.TrySymbol("="))
            {
                sources.Add(new MeasurementSource(null, tokens.ExpectIdentifier(), null));
            }
            else if (tokens.TrySymbol("=~") && tokens.TryRegex() is { } pattern)
            {
                sources.Add(new MeasurementSource(null, null, pattern));
            }
            else
            {
                throw tokens.Unexpected(tokens.Peek(), "=, =~");
            }
        }

        return new ShowStatement(
            ShowKind.Measurements, database, sources, null, ReadWhere(), SelectParser.ReadPaging(tokens));
    }

    private ShowStatement ReadRest(ShowKind kind, string? database, bool keys)
    {
        var sources = new List<MeasurementSource>();
        if (tokens.TryKeyword("FROM"))
        {
            do
            {
                sources.Add(SelectParser.ReadMeasurement(tokens));
            }
            while (tokens.TrySymbol(","));
        }

        var wanted = keys ? ReadKeys() : null;
        return new ShowStatement(kind, database, sources, wanted, ReadWhere(), SelectParser.ReadPaging(tokens));
    }

    private Predicate<string> ReadKeys()
    {
        tokens.Expect("WITH");
        tokens.Expect("KEY");
        var token = tokens.Next();
        switch (token.Text)
        {
            case "=" or "!=" when token.Kind == TokenKind.Symbol:
                var name = tokens.ExpectIdentifier();
                return key => key == name == (token.Text == "=");
            case "=~" or "!~" when token.Kind == TokenKind.Symbol:
                var pattern = tokens.TryRegex() ?? throw tokens.Unexpected(tokens.Peek(), "regex");
                return key => pattern.Matches(key) == (token.Text == "=~");
            case "IN" when token.Kind == TokenKind.Keyword:
                var names = ReadNames();
                return names.Contains;
            default:
                throw tokens.Unexpected(token, "IN, =, =~");
        }
    }

    private HashSet<string> ReadNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        tokens.ExpectSymbol("(");
        do
        {
            names.Add(tokens.ExpectIdentifier());
        }
        while (tokens.TrySymbol(","));
        tokens.ExpectSymbol(")");
        return names;
    }

    private void ExpectKeys(string expected)
    {
        if (!tokens.TryKeyword("KEYS"))
        {
            throw tokens.Unexpected(tokens.Peek(), expected);
        }
    }

    private string? ReadOn() => tokens.TryKeyword("ON") ? tokens.ExpectIdentifier() : null;

    private Expression? ReadWhere() => tokens.TryKeyword("WHERE") ? _expressions.Read() : null;
}
