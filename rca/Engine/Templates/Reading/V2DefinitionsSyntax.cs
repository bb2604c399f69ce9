using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>The shape of the definitions of version 1 and 2 templates.</summary>
internal static class V2DefinitionsSyntax
{
    private static readonly string[] Categories = ["RESOURCE", "ALARM"];

    private static readonly MappingShape Definitions = new MappingShape()
        .Required("entities", TemplateStatus.NoEntities, MappingShape.List)
        .Optional("relationships", MappingShape.List);

    private static readonly MappingShape EntityItem = new MappingShape()
        .Required("entity", TemplateStatus.EntityField, MappingShape.Mapping);

    private static readonly MappingShape Entity = new MappingShape { IsOpen = true }
        .Required("category", TemplateStatus.EntityNeedsCategory, Category)
        .Optional("type", MappingShape.Text)
        .Required("template_id", TemplateStatus.EntityNeedsTemplateId, TemplateId);

    private static readonly MappingShape RelationshipItem = new MappingShape()
        .Required("relationship", TemplateStatus.RelationshipField, MappingShape.Mapping);

    private static readonly MappingShape Relationship = new MappingShape()
        .Required("source", TemplateStatus.RelationshipNeedsSource, MappingShape.Text)
        .Required("target", TemplateStatus.RelationshipNeedsTarget, MappingShape.Text)
        .Required("relationship_type", TemplateStatus.RelationshipNeedsType, MappingShape.Text)
        .Required("template_id", TemplateStatus.RelationshipNeedsTemplateId, TemplateId);

    /// <summary>Reports what is wrong with the shape of a definitions section.</summary>
    public static void Check(ConfigNode definitions, bool hasIncludes, TemplateFaults faults)
    {
        var relationships = definitions["relationships"];
        var isEmpty = relationships is not null && (relationships.IsNull || IsEmptyList(relationships));
        if (relationships is null || (!isEmpty && !hasIncludes))
        {
            Definitions.Holds(definitions, "definitions", faults);
        }

        if (definitions["entities"] is { } entities && (entities.Kind == ConfigNodeKind.Sequence || isEmpty))
        {
            CheckItems(entities, "entities", EntityItem, "entity", CheckEntity, faults);
            if (entities.Items.Count == 0 && !hasIncludes)
            {
                faults.Add(entities, TemplateStatus.EmptyEntities,
                    "'entities' of definitions is empty; define at least one");
            }
        }

        else if (!isEmpty && relationships is not null)
        {
            MappingShape.List(relationships, "'relationships' of definitions", faults);
            if (definitions["entities"] is { } own)
            {
                MappingShape.List(own, "'entities' of definitions", faults);
            }
        }

        if (relationships is { Kind: ConfigNodeKind.Sequence })
        {
            CheckItems(relationships, "relationships", RelationshipItem, "relationship", Relationship.Holds, faults);
        }
    }

    private static bool IsEmptyList(ConfigNode node) => node is { Kind: ConfigNodeKind.Sequence, Items.Count: 0 };

    private static void CheckItems(
        ConfigNode list, string what, MappingShape item, string key,
        Func<ConfigNode, string, TemplateFaults, bool> check, TemplateFaults faults)
    {
        if (list.Items.Count > TemplateLimits.DefinitionsMax)
        {
            faults.Add(
                list, TemplateStatus.Syntax, $"'{what}' of definitions has {list.Items.Count} items, "
                + $"{TemplateLimits.DefinitionsMax} are allowed");
            return;
        }

        for (var index = 0; index < list.Items.Count; index++)
        {
            if (item.Holds(list.Items[index], $"item {index} of {what}", faults))
            {
                check(list.Items[index][key]!, $"{key} {index}", faults);
            }
        }
    }

    private static bool CheckEntity(ConfigNode node, string what, TemplateFaults faults)
    {
        var ok = Entity.Holds(node, what, faults);
        foreach (var member in node.Members)
        {
            if (member.Key is not ("category" or "type" or "template_id"))
            {
                ok &= MappingShape.Text(member.Value, $"'{member.Key}' of {what}", faults);
            }
        }

        return ok;
    }

    private static bool Category(ConfigNode node, string what, TemplateFaults faults)
    {
        if (Categories.Contains(node.Text))
        {
            return true;
        }

        SharedShapes.NotOneOf(node, TemplateStatus.BadCategory, what, Categories, faults);
        return false;
    }

    private static bool TemplateId(ConfigNode node, string what, TemplateFaults faults)
    {
        var word = (node.Text ?? "").AsSpan().TrimStart('_');
        if (word.Length > 0 && char.IsAsciiLetter(word[0]))
        {
            return true;
        }

        faults.Add(
            node, TemplateStatus.BadTemplateId,
            $"{what} must be a word that begins with a letter, found {node.Describe()}");
        return false;
    }
}
