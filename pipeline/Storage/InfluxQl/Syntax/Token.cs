namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A bare word that is not reserved, or a word in double quotes.</summary>
    Identifier,

    /// <summary>A reserved word, upper case.</summary>
    Keyword,

    /// <summary>Text in single quotes.</summary>
    Text,

    /// <summary>A quote that never closes, or an escape that means nothing.</summary>
    BrokenText,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point.</summary>
    Number,

    /// <summary>Digits with units, such as <c>1h30m</c>.</summary>
    Duration,

    /// <summary>A parameter such as <c>$x</c>.</summary>
    Parameter,

    /// <summary>An operator, bracket or comma.</summary>
    Symbol,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text without quotes; upper case for a keyword.</param>
/// <param name="At">The offset that messages name, from 0.</param>
/// <param name="Next">The offset after it.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int At, int Next)
{
    /// <summary>Whether it is that reserved word.</summary>
    public bool IsKeyword(string word) => Kind == TokenKind.Keyword && Text == word;

    /// <summary>Whether it is that symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>As messages quote it.</summary>
    public string Found => Kind == TokenKind.End ? "EOF" : Text;
}
