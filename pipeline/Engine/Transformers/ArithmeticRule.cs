using Ops.Model;
using Ops.Pipeline.Expressions;

namespace Ops.Pipeline.Transformers;

/// <summary>What the parameters of an arithmetic transformer say. Immutable.</summary>
internal sealed record ArithmeticRule
{
    /// <summary>The expression over meters; without a meter the transformer gives nothing.</summary>
    public required Expression Expression { get; init; }

    /// <summary>The name of the result; null takes that of the expression's first meter.</summary>
    public string? TargetName { get; init; }

    /// <summary>The unit of the result; null as above.</summary>
    public string? TargetUnit { get; init; }

    /// <summary>The kind of the result; null as above.</summary>
    public MeterKind? TargetKind { get; init; }
}
