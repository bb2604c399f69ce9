namespace Ops.Remediation.Notifications;

/// <summary>How a route fares.</summary>
/// <param name="Route">Its name.</param>
/// <param name="Queued">Deliveries that are due.</param>
/// <param name="Sent">Deliveries made since the start.</param>
/// <param name="Failed">Attempts that failed since the start.</param>
/// <param name="Dead">Deliveries that became dead letters since the start.</param>
/// <param name="LastError">What went wrong last; null since the last success.</param>
public sealed record RouteStatus(string Route, int Queued, long Sent, long Failed, long Dead, string? LastError);
