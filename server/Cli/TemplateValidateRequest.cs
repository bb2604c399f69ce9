namespace Ops.Server.Cli;

/// <summary>What <c>ops template validate</c> asks for.</summary>
/// <param name="Files">The files, which are one set.</param>
/// <param name="ParametersFile">A file of parameters, or null.</param>
/// <param name="Output">Takes one JSON line a file.</param>
/// <param name="Error">Takes what is wrong with the request.</param>
public sealed record TemplateValidateRequest(
    IReadOnlyList<string> Files, string? ParametersFile, TextWriter Output, TextWriter Error);
