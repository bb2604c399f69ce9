using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Replay;

/// <summary>What a replay starts from.</summary>
public sealed record RcaReplayOptions
{
    /// <summary>The templates in force from the start, each right by itself.</summary>
    public IReadOnlyList<Template> Templates { get; init; } = [];

    /// <summary>The state values.</summary>
    public required StateValueSet StateValues { get; init; }

    /// <summary>Reads the file that a <c>template_add</c> line names, relative to the current folder.</summary>
    public required Func<string, TemplateFile> ReadTemplate { get; init; }

    /// <summary>Whether a last line tells everything live; default false.</summary>
    public bool Final { get; init; }

    /// <summary>Whether CPU time and memory are measured; default false, as it costs some.</summary>
    public bool Stats { get; init; }
}

/// <summary>What a template file holds.</summary>
/// <param name="Templates">Its templates; empty where it is faulty.</param>
/// <param name="Error">What is wrong with it, or null.</param>
public sealed record TemplateFile(IReadOnlyList<Template> Templates, string? Error);
