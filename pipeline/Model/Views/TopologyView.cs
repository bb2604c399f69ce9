namespace Ops.Model;

/// <summary>An entity as answers show it; <see cref="Properties"/> stand beside the named ones in JSON.</summary>
public sealed record EntityView
{
    /// <summary>RESOURCE (alarms are not listed as entities).</summary>
    public string Category { get; init; } = "RESOURCE";

    /// <summary>The entity type.</summary>
    public required string Type { get; init; }

    /// <summary>The id within the type.</summary>
    public required string Id { get; init; }

    /// <summary>The name for people; the id where there is none.</summary>
    public required string Name { get; init; }

    /// <summary>The aggregated state, upper case.</summary>
    public string? State { get; init; }

    /// <summary>OK, TRANSIENT, SUBOPTIMAL, ERROR, DELETED or N/A.</summary>
    public string? OperationalState { get; init; }

    /// <summary>Other properties as observed.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = SampleContext.NoMetadata;
}

/// <summary>A relation between two entities.</summary>
public sealed record RelationView(string Label, EntityRef From, EntityRef To);

/// <summary>All live entities and relations.</summary>
public sealed record TopologyView(IReadOnlyList<EntityView> Entities, IReadOnlyList<RelationView> Relations);
