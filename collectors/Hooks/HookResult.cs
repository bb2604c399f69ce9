namespace Ops.Collectors.Hooks;

/// <summary>What became of a post to a hook.</summary>
/// <param name="Status">200; 400 for a body that cannot be read, 401 for a signature, 404 for an unknown hook.</param>
/// <param name="Accepted">Alerts, events or values that were taken, those that told nothing new included.</param>
/// <param name="Refused">Those that were not.</param>
/// <param name="Message">Why, or null.</param>
public sealed record HookResult(int Status, long Accepted, long Refused, string? Message);
