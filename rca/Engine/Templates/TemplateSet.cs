using System.Collections.Immutable;
using Ops.Model;

namespace Ops.Rca.Templates;

/// <summary>A set of template files that was read together.</summary>
public sealed record TemplateSet
{
    /// <summary>The standard templates that are right, equivalences applied, in the order of the files.</summary>
    public required ImmutableArray<Template> Templates { get; init; }

    /// <summary>One result a file, in the order of the files.</summary>
    public required ImmutableArray<TemplateValidation> Files { get; init; }

    /// <summary>
    /// Faults that keep the set from loading: those of all files, and names that two templates share.
    /// </summary>
    public required ImmutableArray<ConfigFault> Faults { get; init; }

    /// <summary>Whether the set may be loaded.</summary>
    public bool IsOk => Faults.IsEmpty;
}

/// <summary>A fault that only the set as a whole shows, such as a cycle through a negation.</summary>
/// <param name="Template">The name of a template that takes part.</param>
/// <param name="Message">What is wrong, with the cycle.</param>
/// <param name="Code">The status code.</param>
public sealed record TemplateSetFault(string Template, string Message, int Code = TemplateStatus.Unstratified);

/// <summary>Judges the templates of a set together; the evaluator's stratification is one.</summary>
/// <returns>One fault for each template concerned; empty where the set is right.</returns>
public delegate IReadOnlyList<TemplateSetFault> TemplateSetCheck(IReadOnlyList<Template> templates);
