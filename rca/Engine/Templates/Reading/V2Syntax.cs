using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>The shape of version 1 and 2 templates: sections, metadata, includes, definitions, scenarios.</summary>
/// <remarks>Source: Vitrage 9, syntax validator; its codes and order.</remarks>
internal static class V2Syntax
{
    private static readonly MappingShape Metadata = new MappingShape()
        .Optional("version", MappingShape.Text)
        .Required("name", TemplateStatus.NoName, MappingShape.Text)
        .Optional("description", MappingShape.Text)
        .Optional("type", MappingShape.Text);

    private static readonly MappingShape Include = new MappingShape()
        .Required("name", TemplateStatus.IncludeNeedsName, MappingShape.Text);

    private static readonly MappingShape DefinitionSections = new MappingShape()
        .Required("definitions", TemplateStatus.NoDefinitions, MappingShape.Mapping)
        .Required("metadata", TemplateStatus.NoMetadata, MappingShape.Mapping);

    private static readonly MappingShape SectionsWithIncludes = Sections()
        .Optional("definitions", MappingShape.Mapping);

    private static readonly MappingShape SectionsAlone = Sections()
        .Required("definitions", TemplateStatus.NoDefinitions, MappingShape.Mapping);

    /// <summary>Reports what is wrong with the shape of a standard template.</summary>
    public static void CheckStandard(ConfigNode root, TemplateFaults faults)
    {
        var hasIncludes = root["includes"] is not null;
        (hasIncludes ? SectionsWithIncludes : SectionsAlone).Holds(root, "template", faults);
        CheckMetadata(root, faults);
        if (root["includes"] is { Kind: ConfigNodeKind.Sequence } includes)
        {
            CheckIncludes(includes, faults);
        }

        if (root["definitions"] is { Kind: ConfigNodeKind.Mapping } definitions)
        {
            V2DefinitionsSyntax.Check(definitions, hasIncludes, faults);
        }

        if (root["scenarios"] is { Kind: ConfigNodeKind.Sequence } scenarios)
        {
            V2ScenariosSyntax.Check(scenarios, faults);
        }
    }

    /// <summary>Reports what is wrong with the shape of a definition template.</summary>
    public static void CheckDefinition(ConfigNode root, TemplateFaults faults)
    {
        if (root.Members.FirstOrDefault(member => member.Key is "includes" or "scenarios") is { Key: not null } member)
        {
            faults.Add(
                root.File, member.Line, member.Column, TemplateStatus.DefinitionWithScenarios,
                $"a definition template must not have '{member.Key}'");
            return;
        }

        DefinitionSections.Holds(root, "definition template", faults);
        CheckMetadata(root, faults);
        if (root["definitions"] is { Kind: ConfigNodeKind.Mapping } definitions)
        {
            V2DefinitionsSyntax.Check(definitions, false, faults);
        }
    }

    private static MappingShape Sections() => new MappingShape()
        .Required("metadata", TemplateStatus.NoMetadata, MappingShape.Mapping)
        .Required("scenarios", TemplateStatus.NoScenarios, MappingShape.List)
        .Optional("includes", MappingShape.List)
        .Optional("parameters", SharedShapes.Parameters);

    private static void CheckMetadata(ConfigNode root, TemplateFaults faults)
    {
        if (root["metadata"] is { Kind: ConfigNodeKind.Mapping } metadata)
        {
            Metadata.Holds(metadata, "metadata", faults);
        }
    }

    private static void CheckIncludes(ConfigNode includes, TemplateFaults faults)
    {
        if (includes.Items.Count == 0)
        {
            faults.Add(includes, TemplateStatus.EmptyIncludes,
                "'includes' of template is empty; name at least one template");
        }

        for (var index = 0; index < includes.Items.Count; index++)
        {
            Include.Holds(includes.Items[index], $"include {index}", faults);
        }
    }
}
