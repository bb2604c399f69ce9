using Ops.Model;

namespace Ops.Collectors;

/// <summary>A long-lived part that polls or listens.</summary>
public interface ICollector
{
    /// <summary>Its name in the status and in the log, such as <c>statsd</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Works until it is cancelled. What the world does to it (a peer that is gone, a bad message) never ends it.
    /// </summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>How it fares; safe to call at any time.</summary>
    PartView Status();
}
