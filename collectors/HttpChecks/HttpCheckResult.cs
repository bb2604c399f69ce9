namespace Ops.Collectors.HttpChecks;

/// <summary>How one check went.</summary>
/// <param name="Problem">What is wrong; null when the answer is good.</param>
/// <param name="Status">The answer's status; null when there was none.</param>
/// <param name="Taken">How long it took, body included.</param>
/// <param name="TlsDaysLeft">Days until the certificate ends, below 0 after it did; null without TLS.</param>
internal sealed record HttpCheckResult(string? Problem, int? Status, TimeSpan Taken, double? TlsDaysLeft);
