namespace Ops.Collectors.Otlp;

/// <summary>The four things that can be done to attributes.</summary>
public enum AttributeVerb
{
    /// <summary>Keeps those that fit the pattern, and no others.</summary>
    Keep,

    /// <summary>Drops those that fit the pattern.</summary>
    Drop,

    /// <summary>Gives one another name; what bore that name is replaced.</summary>
    Rename,

    /// <summary>Adds one, or replaces its value.</summary>
    Set,
}

/// <summary>Something that is done to the attributes of a new series.</summary>
/// <param name="Verb">What is done.</param>
/// <param name="Name">A pattern (<c>process.*</c>) for keep and drop, a name for rename and set.</param>
/// <param name="Value">The new name for rename, the value for set; else empty.</param>
public sealed record AttributeOperation(AttributeVerb Verb, string Name, string Value = "");
