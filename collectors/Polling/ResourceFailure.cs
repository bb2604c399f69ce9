namespace Ops.Collectors.Polling;

/// <summary>A resource that could not be polled this time.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Problem">Why, for people.</param>
public sealed record ResourceFailure(PollResource Resource, string Problem);
