using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Reads the definitions of version 1 and 2 templates and of what they include.</summary>
/// <remarks>Passes over what has the wrong shape: that was reported before.</remarks>
internal sealed class V2Definitions(ConfigNode root, TemplateFaults faults)
{
    /// <summary>The names that were defined.</summary>
    public Vocabulary Vocabulary { get; } = new();

    /// <summary>Reads own entities, included ones, own relationships, included ones.</summary>
    public void Read(IReadOnlyDictionary<string, ConfigNode> definitionTemplates)
    {
        foreach (var entity in Items(root, "entities", "entity"))
        {
            AddEntity(entity, null);
        }

        var includes = Includes(definitionTemplates);
        foreach (var (at, included) in includes)
        {
            foreach (var entity in Items(included, "entities", "entity"))
            {
                AddEntity(entity, at);
            }
        }

        foreach (var relationship in Items(root, "relationships", "relationship"))
        {
            AddRelationship(relationship, null);
        }

        foreach (var (at, included) in includes)
        {
            foreach (var relationship in Items(included, "relationships", "relationship"))
            {
                AddRelationship(relationship, at);
            }
        }
    }

    private List<(ConfigNode At, ConfigNode Root)> Includes(IReadOnlyDictionary<string, ConfigNode> definitionTemplates)
    {
        var found = new List<(ConfigNode, ConfigNode)>();
        foreach (var include in root["includes"]?.Items ?? [])
        {
            if (include["name"] is not { Kind: ConfigNodeKind.Scalar } name)
            {
                continue;
            }

            if (definitionTemplates.TryGetValue(name.Text ?? "", out var included))
            {
                found.Add((name, included));
            }
            else
            {
                faults.AddUnknown(
                    name, TemplateStatus.UnknownInclude,
                    $"included template '{name.Text}' is not among the definition templates",
                    name.Text ?? "", [.. definitionTemplates.Keys]);
            }
        }

        return found;
    }

    private void AddEntity(ConfigNode entity, ConfigNode? include)
    {
        if (entity["template_id"] is not { Text: { } id } at)
        {
            return;
        }

        if (Vocabulary.Entities.ContainsKey(id))
        {
            faults.Add(
                include ?? at, TemplateStatus.DuplicateTemplateId, include is null
                    ? $"template_id '{id}' is defined twice"
                    : $"included template '{include.Text}' defines template_id '{id}' again");
            return;
        }

        EntityDefinition.CheckPatterns(entity, faults);
        Vocabulary.Entities.Add(id, EntityDefinition.Read(id, entity));
    }

    private void AddRelationship(ConfigNode node, ConfigNode? include)
    {
        if (node["template_id"] is not { Text: { } id } at)
        {
            return;
        }

        if (Vocabulary.Knows(id))
        {
            if (include is null)
            {
                faults.Add(at, TemplateStatus.DuplicateTemplateId, $"template_id '{id}' is defined twice");
            }

            return;
        }

        CheckEnd(node["target"], include, id);
        CheckEnd(node["source"], include, id);
        Vocabulary.Relations.Add(id, new RelationDefinition(
            id, node["source"]?.Text ?? "", node["relationship_type"]?.Text ?? "", node["target"]?.Text ?? ""));
    }

    private void CheckEnd(ConfigNode? end, ConfigNode? include, string id)
    {
        if (end is { Kind: ConfigNodeKind.Scalar } && !Vocabulary.Entities.ContainsKey(end.Text ?? ""))
        {
            faults.AddUnknown(
                include ?? end, TemplateStatus.UnknownTemplateId,
                $"relationship '{id}' names '{end.Text}', which entities do not declare",
                end.Text ?? "", Vocabulary.Entities.Keys);
        }
    }

    private static IEnumerable<ConfigNode> Items(ConfigNode template, string list, string key) =>
        (template["definitions"]?[list]?.Items ?? [])
            .Take(TemplateLimits.DefinitionsMax)
            .Select(item => item[key])
            .OfType<ConfigNode>()
            .Where(node => node.Kind == ConfigNodeKind.Mapping);
}
