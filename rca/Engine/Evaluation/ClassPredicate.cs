using Ops.Rca.Graph;
using Ops.Rca.Templates;
using Ops.Rca.Templates.Patterns;

namespace Ops.Rca.Evaluation;

/// <summary>A predicate with its property as a number and its expression compiled.</summary>
internal sealed class ClassPredicate
{
    private readonly PropertyPattern? _pattern;

    public ClassPredicate(PropertyPredicate predicate, Symbols properties)
    {
        Property = properties.Of(predicate.Property);
        Kind = predicate.Kind;
        Value = predicate.Kind == PredicateKind.Equal && IsTruth(Property)
            ? predicate.Value.ToLowerInvariant()
            : predicate.Value;
        _pattern = predicate.Kind == PredicateKind.Regex ? PropertyPattern.Create(predicate.Value) : null;
    }

    public int Property { get; }

    public PredicateKind Kind { get; }

    public string Value { get; }

    /// <summary>Whether a text fulfils it; null (no such property) never does.</summary>
    public bool Fits(string? text) =>
        text is not null && (_pattern is null ? string.Equals(text, Value) : _pattern.Matches(text));

    /// <summary>A text by which equal predicates are equal.</summary>
    public string Identity => $"{Property}\u0001{(int)Kind}\u0001{Value}";

    private static bool IsTruth(int property) =>
        property is PropertyIds.MarkedDown or PropertyIds.IsDeleted or PropertyIds.IsPlaceholder;
}
