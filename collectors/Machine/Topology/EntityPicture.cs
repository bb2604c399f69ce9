using Ops.Model;

namespace Ops.Collectors.Machine.Topology;

/// <summary>All that is to be said of one entity at one time.</summary>
internal sealed class EntityPicture
{
    /// <summary>The entity.</summary>
    public required EntityRef Entity { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The state.</summary>
    public string State { get; init; } = EntityTypes.Active;

    /// <summary>Properties.</summary>
    public Dictionary<string, object?> Properties { get; init; } = [];

    /// <summary>Relations, in a fixed order.</summary>
    public List<ObservedRelation> Relations { get; init; } = [];

    /// <summary>Kinds of which <see cref="Relations"/> are all.</summary>
    public IReadOnlyList<RelationKind> Complete { get; init; } = [];

    /// <summary>Whether another picture says the same.</summary>
    public bool IsSameAs(EntityPicture other) =>
        Name == other.Name && State == other.State
        && Relations.SequenceEqual(other.Relations)
        && Properties.Count == other.Properties.Count
        && Properties.All(pair => other.Properties.TryGetValue(pair.Key, out var value) && Equals(pair.Value, value));

    /// <summary>The observation that says it.</summary>
    public Observation ToObservation(DateTimeOffset at) => new()
    {
        Entity = Entity,
        Name = Name,
        State = State,
        Properties = Properties,
        Relations = Relations,
        Complete = Complete,
        At = at,
        Datasource = ObservationDiff.Datasource,
    };
}
