namespace Ops.Pipeline.Expressions;

/// <summary>The kinds of words in an expression.</summary>
internal enum TokenKind
{
    End,
    Number,
    Text,
    Name,
    Meter,
    Sign,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the sign, or the word as written.</param>
/// <param name="Value">The value of a number or text.</param>
/// <param name="Column">Where it starts, from 1.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, ExpressionValue Value, int Column)
{
    /// <summary>The sign, or null when it is none.</summary>
    public string? Sign => Kind == TokenKind.Sign ? Text : null;

    /// <summary>What it is, for messages.</summary>
    public string Describe() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}

/// <summary>An expression is not one of the grammar.</summary>
internal sealed class ExpressionSyntaxException(int column, string message) : Exception($"column {column}: {message}");
