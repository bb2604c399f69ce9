namespace Ops.Server.Cli;

/// <summary>What <c>ops pipeline replay</c> asks for.</summary>
/// <param name="PipelineFile">The pipeline's file.</param>
/// <param name="Input">JSON lines.</param>
/// <param name="InputName">How messages name the input.</param>
/// <param name="Output">Takes JSON lines.</param>
/// <param name="Error">Takes warnings and counts.</param>
/// <param name="FinalFlush">Whether the end of the input is a flush; <c>--no-final-flush</c> says no.</param>
/// <param name="Publish">Whether publishers are called.</param>
public sealed record PipelineReplayRequest(
    string PipelineFile, Stream Input, string InputName, Stream Output, TextWriter Error, bool FinalFlush,
    bool Publish);
