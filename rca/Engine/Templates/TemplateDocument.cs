using System.Collections.Immutable;
using Ops.Model;

namespace Ops.Rca.Templates;

/// <summary>A template file as the roof parsed it: standard, definition or equivalence.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Root">The document; null where it is empty or not YAML.</param>
/// <param name="Faults">What the YAML parser said; any of them gives status code 5.</param>
/// <param name="Parameters">Values for <c>get_param</c> of this file; null takes those of the set.</param>
public sealed record TemplateDocument(
    string File, ConfigNode? Root, ImmutableArray<ConfigFault> Faults,
    IReadOnlyDictionary<string, string>? Parameters = null);
