namespace Ops.Collectors.Expressions;

/// <summary>Text that is no expression of the grammar; caught where expressions are read.</summary>
/// <param name="at">Where, characters from 0.</param>
/// <param name="message">What was found and what is allowed.</param>
internal sealed class ExpressionSyntaxException(int at, string message) : Exception(message)
{
    public int At { get; } = at;
}
