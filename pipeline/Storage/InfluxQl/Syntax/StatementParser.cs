namespace Ops.Storage.InfluxQl.Syntax;

// query     = statement { ";" statement } ;
// statement = select | show | "CREATE" "DATABASE" name [ "WITH" anything ] | ( "DROP" | "DELETE" ) anything ;

/// <summary>Reads the statements of a query.</summary>
internal static class StatementParser
{
    /// <summary>The longest query, in characters.</summary>
    public const int LengthMax = 1_048_576;

    private const string Verbs =
        "SELECT, DELETE, SHOW, CREATE, DROP, EXPLAIN, GRANT, REVOKE, ALTER, SET, KILL";

    /// <summary>The statements in order; none for a text of spaces, comments and semicolons.</summary>
    /// <exception cref="InfluxQlException">With InfluxDB's wording and the place.</exception>
    public static IReadOnlyList<Statement> Parse(string text)
    {
        if (text.Length > LengthMax)
        {
            throw TokenStream.Fault($"query is longer than {LengthMax} characters");
        }

        var tokens = new TokenStream(text);
        var statements = new List<Statement>();
        var separated = true;
        while (true)
        {
            var token = tokens.Peek();
            if (token.Kind == TokenKind.End)
            {
                return statements;
            }

            if (tokens.TrySymbol(";"))
            {
                separated = true;
                continue;
            }

            if (!separated)
            {
                throw tokens.Unexpected(token, ";");
            }

            statements.Add(Read(tokens));
            separated = false;
        }
    }

    private static Statement Read(TokenStream tokens)
    {
        var token = tokens.Next();
        return token.Kind == TokenKind.Keyword
            ? token.Text switch
            {
                "SELECT" => new SelectParser(tokens).Read(),
                "SHOW" => new ShowParser(tokens).Read(),
                "CREATE" => ReadCreate(tokens),
                "DELETE" or "DROP" or "EXPLAIN" or "GRANT" or "REVOKE" or "ALTER" or "SET" or "KILL" =>
                    throw TokenStream.Fault($"{token.Text} statements are not supported by Ops"),
                _ => throw tokens.Unexpected(token, Verbs),
            }
            : throw tokens.Unexpected(token, Verbs);
    }

    private static AcceptedStatement ReadCreate(TokenStream tokens)
    {
        if (!tokens.TryKeyword("DATABASE"))
        {
            throw tokens.Unexpected(tokens.Peek(), "CONTINUOUS, DATABASE, USER, RETENTION, SUBSCRIPTION");
        }

        tokens.ExpectIdentifier();
        while (tokens.Peek() is { Kind: not TokenKind.End } token && !token.IsSymbol(";"))
        {
            tokens.Next();
        }

        return new AcceptedStatement();
    }
}
