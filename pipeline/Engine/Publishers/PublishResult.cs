namespace Ops.Pipeline.Publishers;

/// <summary>How a delivery went.</summary>
public enum PublishOutcome
{
    /// <summary>The target took it.</summary>
    Sent,

    /// <summary>It failed in a way that may pass: worth another try.</summary>
    Passing,

    /// <summary>The target will never take it.</summary>
    Refused,
}

/// <summary>How a delivery went, and why it failed.</summary>
/// <param name="Outcome">Sent, or how it failed.</param>
/// <param name="Problem">Why it failed, for people; null when all of it was sent.</param>
/// <param name="RefusedCount">Of a batch that was sent, how many items the target would not take; default 0.</param>
/// <param name="RetryAfter">How long the target asks to be left alone before the next try; null when it does not
/// say.</param>
public readonly record struct PublishResult(
    PublishOutcome Outcome, string? Problem = null, int RefusedCount = 0, TimeSpan? RetryAfter = null)
{
    /// <summary>The target took it.</summary>
    public static PublishResult Sent => new(PublishOutcome.Sent);

    /// <summary>The target took all but some items, which count as refused.</summary>
    public static PublishResult SentBut(int refusedCount, string problem) =>
        new(PublishOutcome.Sent, problem, refusedCount);

    /// <summary>It failed in a way that may pass.</summary>
    public static PublishResult Passing(string problem, TimeSpan? retryAfter = null) =>
        new(PublishOutcome.Passing, problem, 0, retryAfter);

    /// <summary>The target will never take it.</summary>
    public static PublishResult Refused(string problem) => new(PublishOutcome.Refused, problem);
}
