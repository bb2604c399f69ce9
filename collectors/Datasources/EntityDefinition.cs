using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>An entity that each entry stands for.</summary>
internal sealed record EntityDefinition
{
    public required string Type { get; init; }

    public required Extract Id { get; init; }

    public Extract? Name { get; init; }

    public Extract? State { get; init; }

    /// <summary>What the datasource's states are in the words of the state values; others stay as they are.</summary>
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, Extract> Properties { get; init; } = new Dictionary<string, Extract>();

    public IReadOnlyList<RelationDefinition> Relations { get; init; } = [];

    public Extract? When { get; init; }

    /// <summary>Event types on which the entity is deleted; in notifications only.</summary>
    public IReadOnlyList<string> DeletedOn { get; init; } = [];
}

/// <summary>A relation of the entity; the id may be a list of ids.</summary>
internal sealed record RelationDefinition(string Label, RelationDirection Direction, string Type, Extract Id)
{
    public Extract? When { get; init; }
}
