namespace Ops.Rca.Replay;

/// <summary>How a replay ended.</summary>
/// <param name="ExitCode">0, or 2 where the templates or a line of input were faulty.</param>
/// <param name="Error">What was wrong, naming the templates or the line; null where nothing was.</param>
/// <param name="Stats">What was measured, where it was asked for.</param>
public sealed record RcaReplayResult(int ExitCode, string? Error, RcaReplayStats? Stats);
