namespace Ops.Pipeline.Replay;

/// <summary>A line of a replay's input cannot be read: the replay ends, with exit code 2.</summary>
/// <param name="line">The line, from 1.</param>
/// <param name="problem">What is wrong with it.</param>
public sealed class ReplayInputException(long line, string problem) : Exception($"line {line}: {problem}")
{
    /// <summary>The line, from 1.</summary>
    public long Line => line;
}
