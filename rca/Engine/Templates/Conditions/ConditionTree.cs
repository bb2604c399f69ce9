using System.Collections.Immutable;

namespace Ops.Rca.Templates.Conditions;

/// <summary>A condition as it was written.</summary>
internal abstract record ConditionTree;

/// <summary>
/// A name: an entity, or in versions 1 and 2 a relationship. With a label, a relation between two names.
/// </summary>
internal sealed record Term(string Name, string? Label, string? Target, int At) : ConditionTree
{
    /// <summary>As people write it.</summary>
    public override string ToString() => Label is null ? Name : $"{Name} [{Label}] {Target}";
}

/// <summary>Not.</summary>
internal sealed record Negation(ConditionTree Inner) : ConditionTree;

/// <summary>All of them.</summary>
internal sealed record Conjunction(ImmutableArray<ConditionTree> Parts) : ConditionTree;

/// <summary>Any of them.</summary>
internal sealed record Disjunction(ImmutableArray<ConditionTree> Parts) : ConditionTree;
