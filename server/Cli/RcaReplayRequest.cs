namespace Ops.Server.Cli;

/// <summary>What <c>ops rca replay</c> asks for.</summary>
/// <param name="TemplatesFolder">The folder of templates.</param>
/// <param name="StateValuesFolder">A folder of state values that overlays the built-in ones, or null.</param>
/// <param name="Input">JSON lines.</param>
/// <param name="InputName">How messages name the input.</param>
/// <param name="Output">Takes JSON lines.</param>
/// <param name="Error">Takes faults and statistics.</param>
/// <param name="Final">Whether the last line tells everything that is live.</param>
/// <param name="Stats">Whether events, matches, CPU time and memory are told on <paramref name="Error"/>.</param>
public sealed record RcaReplayRequest(
    string TemplatesFolder, string? StateValuesFolder, Stream Input, string InputName, Stream Output, TextWriter Error,
    bool Final, bool Stats);
