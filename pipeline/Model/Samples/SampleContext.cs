namespace Ops.Model;

/// <summary>What is true of a sample besides its series, time and volume. Immutable, shared by many samples.</summary>
/// <remarks>
/// A writer hands the same object with every sample as long as nothing in it changed: readers compare references to
/// skip work. <see cref="Metadata"/> values are null, string, bool, long, double, a nested dictionary of the same kind,
/// or a list of such values.
/// </remarks>
public sealed class SampleContext
{
    /// <summary>Metadata without entries.</summary>
    public static readonly IReadOnlyDictionary<string, object?> NoMetadata = new Dictionary<string, object?>();

    /// <summary>A gauge without unit, owner and metadata.</summary>
    public static readonly SampleContext Plain = new();

    /// <summary>Gauge, delta or cumulative; default gauge.</summary>
    public MeterKind Kind { get; init; }

    /// <summary>The unit of the volume; default empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The owner's project, or null.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The owner, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>Who measured; default <c>openstack</c>, as Ceilometer says.</summary>
    public string Source { get; init; } = "openstack";

    /// <summary>The entity type of the resource in the graph, such as <c>service</c>; null when not known.</summary>
    public string? ResourceType { get; init; }

    /// <summary>The resource's name for people, or null.</summary>
    public string? ResourceName { get; init; }

    /// <summary>Ceilometer's resource_metadata.</summary>
    public IReadOnlyDictionary<string, object?> Metadata { get; init; } = NoMetadata;
}
