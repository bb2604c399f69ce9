namespace Ops.Remediation.Notifications.Delivery;

/// <summary>What came of an attempt.</summary>
internal enum SendOutcome
{
    /// <summary>The receiver has it.</summary>
    Sent,

    /// <summary>It may go better later.</summary>
    Passing,

    /// <summary>It will not go better.</summary>
    Permanent,
}

/// <summary>What came of an attempt, and how to go on.</summary>
/// <param name="Outcome">Sent, or a passing or permanent failure.</param>
/// <param name="Detail">The failure in a few words, without address or secret; empty where sent.</param>
/// <param name="RetryAfter">How long the receiver asks to wait, or null.</param>
internal sealed record SendResult(SendOutcome Outcome, string Detail, TimeSpan? RetryAfter = null)
{
    public static readonly SendResult Sent = new(SendOutcome.Sent, "");
}
