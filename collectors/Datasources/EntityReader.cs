using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Reads <c>entities</c> of a datasource or of a notification.</summary>
internal sealed class EntityReader(IReadOnlyList<string> names, ConfigFaults faults)
{
    public IReadOnlyList<EntityDefinition> ReadAll(ConfigNode node, string what) =>
        [.. faults.List(node, "entities", what).Select(item => Read(item, what)).OfType<EntityDefinition>()];

    private EntityDefinition? Read(ConfigNode node, string what)
    {
        var of = $"an entity of {what}";
        if (!faults.Keys(
            node, of, "type", "id", "name", "state", "states", "properties", "relations", "when", "deleted_on"))
        {
            return null;
        }

        var type = faults.RequiredText(node, "type", of);
        var id = DatasourceNodes.Required(node, "id", of, names, faults);
        return id is null ? null : new EntityDefinition
        {
            Type = type,
            Id = id,
            Name = DatasourceNodes.Extract(node, "name", of, names, faults),
            State = DatasourceNodes.Extract(node, "state", of, names, faults),
            States = DatasourceNodes.Texts(node, "states", of, faults),
            Properties = DatasourceNodes.Extracts(node, "properties", of, names, faults),
            Relations = [.. faults.List(node, "relations", of).Select(item => Relation(item, of))
                .OfType<RelationDefinition>()],
            When = DatasourceNodes.Extract(node, "when", of, names, faults),
            DeletedOn = DatasourceNodes.Words(node, "deleted_on", of, faults),
        };
    }

    private RelationDefinition? Relation(ConfigNode node, string what)
    {
        var of = $"a relation of {what}";
        if (!faults.Keys(node, of, "label", "direction", "type", "id", "when"))
        {
            return null;
        }

        var label = faults.RequiredText(node, "label", of);
        var direction = faults.Text(node, "direction", of) ?? "out";
        if (direction is not ("in" or "out"))
        {
            faults.NotOneOf(node["direction"]!, $"'direction' of {of}", ["in", "out"]);
        }

        var type = faults.RequiredText(node, "type", of);
        return DatasourceNodes.Required(node, "id", of, names, faults) is not { } id ? null : new RelationDefinition(
            label, direction == "in" ? RelationDirection.In : RelationDirection.Out, type, id)
        {
            When = DatasourceNodes.Extract(node, "when", of, names, faults),
        };
    }
}
