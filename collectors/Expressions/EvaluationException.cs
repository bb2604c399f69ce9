namespace Ops.Collectors.Expressions;

/// <summary>An expression that cannot be worked out over the value it met, such as a key that is not there.</summary>
/// <param name="message">What was found and what was wanted.</param>
/// <param name="isMissing">Whether a key, an index or an item was sought that is not there.</param>
internal sealed class EvaluationException(string message, bool isMissing = false) : Exception(message)
{
    public bool IsMissing { get; } = isMissing;
}
