using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>A sample as a pollster gives it; the round adds the time.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Kind">Gauge, delta or cumulative.</param>
/// <param name="Unit">The unit.</param>
/// <param name="ResourceId">The resource.</param>
/// <param name="Volume">The value; NaN and infinity are dropped and counted.</param>
public sealed record PolledSample(string Meter, MeterKind Kind, string Unit, string ResourceId, double Volume)
{
    /// <summary>The owner's project, or null.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The owner, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>The resource's name for people, or null.</summary>
    public string? ResourceName { get; init; }

    /// <summary>The entity type of the resource in the graph, or null.</summary>
    public string? ResourceType { get; init; }

    /// <summary>What else tells it from other samples of this meter and resource; default nothing.</summary>
    public Tags Dimensions { get; init; } = Tags.Empty;

    /// <summary>Ceilometer's resource_metadata.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = SampleContext.NoMetadata;

    /// <summary>A clock that never jumps, in seconds; NaN where there is none.</summary>
    public double MonotonicSeconds { get; init; } = double.NaN;
}
