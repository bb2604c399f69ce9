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
/// <param name="Problem">Why it failed, for people; null when sent.</param>
public readonly record struct PublishResult(PublishOutcome Outcome, string? Problem = null)
{
    /// <summary>The target took it.</summary>
    public static PublishResult Sent => new(PublishOutcome.Sent);

    /// <summary>It failed in a way that may pass.</summary>
    public static PublishResult Passing(string problem) => new(PublishOutcome.Passing, problem);

    /// <summary>The target will never take it.</summary>
    public static PublishResult Refused(string problem) => new(PublishOutcome.Refused, problem);
}
