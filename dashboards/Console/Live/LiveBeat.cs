namespace Ops.Console.Live;

/// <summary>A moment at which open pages look again.</summary>
/// <param name="Changed">Whether something happened since the last beat.</param>
/// <param name="Metrics">Whether charts are due, too.</param>
public readonly record struct LiveBeat(bool Changed, bool Metrics);
