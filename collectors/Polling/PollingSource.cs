namespace Ops.Collectors.Polling;

/// <summary>A source of <c>polling.yaml</c>: which meters are polled how often, on which resources.</summary>
/// <param name="Name">Its name; not necessarily unique.</param>
/// <param name="Interval">How often, from 1 second to 30 days.</param>
/// <param name="Meters">Which pollsters it selects.</param>
public sealed record PollingSource(string Name, TimeSpan Interval, MeterSelection Meters)
{
    /// <summary>Resources that are always polled, as their keys; default none.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>
    /// Discoveries as <c>name</c> or <c>name://parameter</c>; default none. Where these and
    /// <see cref="Resources"/> give nothing, a pollster's own discovery is asked.
    /// </summary>
    public IReadOnlyList<string> Discovery { get; init; } = [];
}
