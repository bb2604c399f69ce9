namespace Ops.Collectors.Expressions;

internal enum TokenKind
{
    Name,
    Whole,
    Number,
    Text,
    Sign,
    End,
}

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word; of a text what it stands for.</param>
/// <param name="At">Where it begins, characters from 0.</param>
/// <param name="IsFormat">Whether it is an f-string.</param>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text, int At, bool IsFormat = false);
