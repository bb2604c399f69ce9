using System.Net;
using Ops.Remediation.Notifications.Delivery;

namespace Ops.Remediation.Notifications;

/// <summary>How notifications are delivered.</summary>
public sealed class NotifierOptions
{
    /// <summary>The longest that one attempt may take; default 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after the first failure; it doubles with each further one. Default 1 s.</summary>
    public TimeSpan BackOffMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts; default 5 min.</summary>
    public TimeSpan BackOffMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest wait that a receiver may ask for by <c>Retry-After</c>; default 1 h.</summary>
    public TimeSpan RetryAfterMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The most attempts for one delivery, restarts included; then it is a dead letter. Default 30.</summary>
    public int AttemptsMax { get; init; } = 30;

    /// <summary>The oldest that a delivery may grow; then it is a dead letter. Default 1 day.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The most deliveries that wait for one route; the oldest then become dead letters. Default 10 000.
    /// </summary>
    public int QueuedMax { get; init; } = 10_000;

    /// <summary>The most dead letters that are kept; the oldest are dropped and counted. Default 1000.</summary>
    public int DeadLettersMax { get; init; } = 1000;

    /// <summary>The most alarms that a body lists as causes and as impact, each; default 100.</summary>
    public int ListedAlarmsMax { get; init; } = 100;

    /// <summary>
    /// Where people reach this server; goes into bodies as Alertmanager's externalURL and the CloudEvent's source.
    /// </summary>
    public string ExternalUrl { get; init; } = "http://127.0.0.1:8080";

    /// <summary>
    /// Whether a resolved address may be called; default all but link-local ones, where clouds serve credentials.
    /// </summary>
    public Func<IPAddress, bool> MayCall { get; init; } = EgressPolicy.AllButLinkLocal;

    /// <summary>The seed of the back-off's jitter; default differs from process to process.</summary>
    public int JitterSeed { get; init; } = Environment.ProcessId;
}
