namespace Ops.Remediation.Notifications.Delivery;

/// <summary>
/// How long to wait after a failed attempt: exponential, with jitter, and as long as the receiver asks.
/// </summary>
internal sealed class RetrySchedule(NotifierOptions options, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>
    /// Half to all of the minimum doubled with every attempt, within its maximum; never less than was asked for.
    /// </summary>
    public TimeSpan Wait(int attempts, TimeSpan? retryAfter)
    {
        var doublings = Math.Min(attempts - 1, 30);
        var full = Math.Min(options.BackOffMax.TotalSeconds, options.BackOffMin.TotalSeconds * Math.Pow(2, doublings));
        var wait = TimeSpan.FromSeconds(full * (0.5 + (_random.NextDouble() / 2)));
        var asked = retryAfter is { } after && after > options.RetryAfterMax ? options.RetryAfterMax : retryAfter;
        return asked > wait ? asked.Value : wait;
    }
}
