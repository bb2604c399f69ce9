using Ops.Model;

namespace Ops.Alarms.Rules;

/// <summary>One entry of a rule's <c>where</c>: an attribute whose value must fit one of the patterns.</summary>
/// <param name="Attribute">
/// <c>resource_id</c>, <c>resource_type</c>, <c>resource_name</c>, <c>project_id</c>, <c>user_id</c>, <c>source</c>,
/// <c>meter</c>, or the name of a dimension or of a metadata entry (dots lead into nested entries).
/// </param>
/// <param name="Patterns">Shell patterns; at least one.</param>
public sealed record AttributeMatch(string Attribute, IReadOnlyList<string> Patterns)
{
    /// <summary>Whether the value fits. An absent attribute fits nothing.</summary>
    public bool Fits(string? value)
    {
        if (value is null)
        {
            return false;
        }

        foreach (var pattern in Patterns)
        {
            if (Glob.Matches(pattern, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Attribute}={string.Join('|', Patterns)}";
}
