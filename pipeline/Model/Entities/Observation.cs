namespace Ops.Model;

/// <summary>What an observation does to its entity.</summary>
public enum ObservationAction
{
    /// <summary>
    /// Adds the entity, or merges the properties and replaces neighbours of the kinds that are named.
    /// </summary>
    Upsert,

    /// <summary>Soft-deletes the entity; it may come back as itself.</summary>
    Delete,

    /// <summary>Removes just the relations that are named.</summary>
    Unrelate,
}

/// <summary>Which way a relation runs, seen from the observed entity.</summary>
public enum RelationDirection
{
    /// <summary>From the observed entity to the neighbour.</summary>
    Out,

    /// <summary>From the neighbour to the observed entity.</summary>
    In,
}

/// <summary>A relation of an observed entity to a neighbour.</summary>
/// <param name="Label">The edge label, such as <c>contains</c>, <c>on</c>, <c>uses</c>, <c>connects</c>.</param>
/// <param name="Direction">Which way it runs.</param>
/// <param name="Neighbour">The other end.</param>
public readonly record struct ObservedRelation(string Label, RelationDirection Direction, EntityRef Neighbour);

/// <summary>What a datasource saw of a resource entity: its properties and its relations to neighbours.</summary>
public sealed record Observation
{
    /// <summary>The entity.</summary>
    public required EntityRef Entity { get; init; }

    /// <summary>Add or merge, delete, or unrelate; default upsert.</summary>
    public ObservationAction Action { get; init; }

    /// <summary>The name for people; null leaves it as it is.</summary>
    public string? Name { get; init; }

    /// <summary>The state as the datasource says it; null leaves it as it is.</summary>
    public string? State { get; init; }

    /// <summary>Further properties: null removes one; others are string, bool, long or double.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = SampleContext.NoMetadata;

    /// <summary>
    /// Relations seen. An edge of the entity to a neighbour of a type that is named here, but whose neighbour is not,
    /// is gone.
    /// </summary>
    public IReadOnlyList<ObservedRelation> Relations { get; init; } = [];

    /// <summary>
    /// Kinds of relation of which <see cref="Relations"/> holds all there are, so that the last of a kind can go too:
    /// every edge of these labels and directions with a neighbour of that type which is not named is gone.
    /// </summary>
    public IReadOnlyList<RelationKind> Complete { get; init; } = [];

    /// <summary>When it was seen. One older than the newest of the same entity is ignored.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The datasource, for <c>ops topology</c> and status.</summary>
    public string Datasource { get; init; } = "";
}

/// <summary>A kind of relation seen from an entity.</summary>
/// <param name="Label">The edge label.</param>
/// <param name="Direction">Which way it runs.</param>
/// <param name="NeighbourType">The type of the neighbours.</param>
public readonly record struct RelationKind(string Label, RelationDirection Direction, string NeighbourType);

/// <summary>Takes observations: the entity graph.</summary>
public interface IObservationSink
{
    /// <summary>Takes observations in order.</summary>
    ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken);
}
