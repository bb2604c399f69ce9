namespace Ops.Server.Cli;

/// <summary>Ends a verb with a message for the user.</summary>
/// <param name="message">What is wrong, in one line.</param>
/// <param name="exitCode">1 where the answer is no, 2 for bad usage or input.</param>
internal sealed class CommandFault(string message, int exitCode = 2) : Exception(message)
{
    /// <summary>The program's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
