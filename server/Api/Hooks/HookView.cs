namespace Ops.Server.Api.Hooks;

/// <summary>What became of a post to a hook.</summary>
/// <param name="Accepted">Alerts, events or values that were taken.</param>
/// <param name="Refused">Those that were not.</param>
/// <param name="Error">Why, or null.</param>
public sealed record HookView(long Accepted, long Refused, string? Error);
