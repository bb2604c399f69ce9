using System.Diagnostics.CodeAnalysis;

namespace Ops.Collectors.Expressions;

/// <summary>An expression over values of an answer: it computes, and can do nothing else.</summary>
/// <remarks>
/// It ends: at most 200 000 steps and a million characters. What it meets that it cannot work with is an
/// <see cref="EvaluationException"/>. Safe for concurrent use.
/// </remarks>
internal sealed class ValueExpression
{
    private readonly ExpressionNode _root;

    private ValueExpression(ExpressionNode root) => _root = root;

    /// <summary>Reads one.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="names">The names that will have a value.</param>
    /// <param name="expression">The expression, where it is one.</param>
    /// <param name="at">Where it is not one, characters from 0.</param>
    /// <param name="problem">What is wrong there.</param>
    public static bool TryParse(
        string text, IEnumerable<string> names, [NotNullWhen(true)] out ValueExpression? expression, out int at,
        out string problem)
    {
        try
        {
            expression = new ValueExpression(ExpressionParser.Read(text, names));
            (at, problem) = (0, "");
            return true;
        }
        catch (ExpressionSyntaxException fault)
        {
            expression = null;
            (at, problem) = (fault.At, fault.Message);
            return false;
        }
    }

    /// <summary>Works it out.</summary>
    public object? Evaluate(IReadOnlyDictionary<string, object?> variables) =>
        _root.Value(new EvaluationScope(variables));
}
