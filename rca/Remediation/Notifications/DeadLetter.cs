namespace Ops.Remediation.Notifications;

/// <summary>A notification that could not be delivered.</summary>
/// <param name="Id">The delivery's idempotency key.</param>
/// <param name="Route">The route's name.</param>
/// <param name="EventId">The event.</param>
/// <param name="Event">Such as <c>alarm.raised</c>.</param>
/// <param name="CreatedAt">When the event was handed over.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Why">Why it is a dead letter.</param>
public sealed record DeadLetter(
    string Id, string Route, string EventId, string Event, DateTimeOffset CreatedAt, int Attempts, string Why);
