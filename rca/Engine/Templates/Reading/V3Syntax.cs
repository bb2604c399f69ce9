using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>The shape of a version 3 template.</summary>
/// <remarks>Source: Vitrage 9, syntax validator of version 3; its codes and, within the document, its order.</remarks>
internal sealed class V3Syntax
{
    private static readonly MappingShape Metadata = new MappingShape()
        .Required("version", TemplateStatus.BadVersion, MappingShape.Text)
        .Required("name", TemplateStatus.NoName, MappingShape.Text)
        .Optional("description", MappingShape.Text)
        .Required("type", TemplateStatus.NoType, Type);

    private readonly MappingShape _root;
    private readonly MappingShape _scenario;
    private readonly Dictionary<string, MappingShape> _actions;
    private readonly IReadOnlyCollection<string> _entities;

    /// <summary>The shape whose actions may name these entities.</summary>
    public V3Syntax(IReadOnlyCollection<string> entities)
    {
        _entities = entities;
        _root = new MappingShape()
            .Required("entities", TemplateStatus.V3NoEntities, Entities)
            .Required(
                "metadata", TemplateStatus.NoMetadata, (node, _, faults) => Metadata.Holds(node, "metadata", faults))
            .Required("scenarios", TemplateStatus.NoScenarios, Scenarios)
            .Optional("parameters", SharedShapes.Parameters);
        _scenario = new MappingShape()
            .Required("condition", TemplateStatus.NoCondition, MappingShape.Text)
            .Required("actions", TemplateStatus.NoActions, Actions);
        _actions = new Dictionary<string, MappingShape>
        {
            ["raise_alarm"] = new MappingShape()
                .Required("severity", TemplateStatus.RaiseAlarmNeedsSeverity, MappingShape.Text)
                .Required("target", TemplateStatus.V3NoTarget, Entity(TemplateStatus.V3UnknownTarget))
                .Required("alarm_name", TemplateStatus.V3NoAlarmName, MappingShape.Text)
                .Optional("causing_alarm", Entity(TemplateStatus.V3UnknownCausingAlarm)),
            ["set_state"] = new MappingShape()
                .Required("state", TemplateStatus.SetStateNeedsState, MappingShape.Text)
                .Required("target", TemplateStatus.V3NoTarget, Entity(TemplateStatus.V3UnknownTarget)),
            ["add_causal_relationship"] = new MappingShape()
                .Required("source", TemplateStatus.V3NoSource, Entity(TemplateStatus.V3UnknownSource))
                .Required("target", TemplateStatus.V3NoTarget, Entity(TemplateStatus.V3UnknownTarget)),
            ["mark_down"] = new MappingShape()
                .Required("target", TemplateStatus.V3NoTarget, Entity(TemplateStatus.V3UnknownTarget)),
            ["execute_mistral"] = new MappingShape()
                .Required("workflow", TemplateStatus.V3NoWorkflow, MappingShape.Text)
                .Optional("input", Input),
        };
    }

    /// <summary>Reports everything in the document that has the wrong shape.</summary>
    public void Check(ConfigNode root, TemplateFaults faults) => _root.Holds(root, "template", faults);

    private static bool Type(ConfigNode node, string what, TemplateFaults faults)
    {
        if (!SharedShapes.Types.Contains(node.Text))
        {
            SharedShapes.NotOneOf(node, TemplateStatus.NoType, what, SharedShapes.Types, faults);
        }

        return true;
    }

    private static bool Entities(ConfigNode node, string what, TemplateFaults faults)
    {
        if (!MappingShape.Mapping(node, what, faults))
        {
            return false;
        }

        if (node.Members.Count > TemplateLimits.DefinitionsMax)
        {
            faults.Add(
                node, TemplateStatus.Syntax,
                $"{what} has {node.Members.Count} members, {TemplateLimits.DefinitionsMax} are allowed");
            return false;
        }

        foreach (var entity in node.Members)
        {
            if (MappingShape.Mapping(entity.Value, $"entity '{entity.Key}'", faults))
            {
                foreach (var property in entity.Value.Members)
                {
                    MappingShape.Text(property.Value, $"'{property.Key}' of entity '{entity.Key}'", faults);
                }
            }
        }

        return true;
    }

    private bool Scenarios(ConfigNode node, string what, TemplateFaults faults)
    {
        if (!MappingShape.List(node, what, faults))
        {
            return false;
        }

        if (node.Items.Count > TemplateLimits.ScenariosMax)
        {
            faults.Add(
                node, TemplateStatus.Syntax,
                $"{what} has {node.Items.Count} items, {TemplateLimits.ScenariosMax} are allowed");
            return false;
        }

        for (var index = 0; index < node.Items.Count; index++)
        {
            _scenario.Holds(node.Items[index], $"scenario {index}", faults);
        }

        return true;
    }

    private bool Actions(ConfigNode node, string what, TemplateFaults faults) =>
        MappingShape.List(node, what, faults) && node.Items.Aggregate(true, (ok, item) => Action(item, faults) && ok);

    private bool Action(ConfigNode node, TemplateFaults faults)
    {
        if (!MappingShape.Mapping(node, "an action", faults))
        {
            return false;
        }

        foreach (var member in node.Members)
        {
            if (_actions.TryGetValue(member.Key, out var shape))
            {
                shape.Holds(member.Value, member.Key, faults);
            }
            else
            {
                faults.Add(
                    node.File, member.Line, member.Column, TemplateStatus.Syntax,
                    $"unknown action '{member.Key}'; allowed: {string.Join(", ", SharedShapes.Actions)}"
                    + faults.Hint(member.Key, SharedShapes.Actions));
            }
        }

        if (node.Members.Count != 1)
        {
            faults.Add(
                node, TemplateStatus.Syntax, $"an action must be one of {string.Join(", ", SharedShapes.Actions)}, "
                + $"found {node.Members.Count} keys");
        }

        return true;
    }

    private ValueCheck Entity(int code) => (node, what, faults) =>
    {
        if (node.Kind == ConfigNodeKind.Scalar && _entities.Contains(node.Text ?? ""))
        {
            return true;
        }

        faults.AddUnknown(
            node, code, $"{what} is {node.Describe()}, which entities do not declare", node.Text ?? "", _entities);
        return false;
    };

    private static bool Input(ConfigNode node, string what, TemplateFaults faults)
    {
        if (!MappingShape.Mapping(node, what, faults))
        {
            return false;
        }

        foreach (var member in node.Members)
        {
            if (MappingShape.Text(member.Value, $"'{member.Key}' of {what}", faults)
                && ActionTexts.IsBrokenCall(member.Value.Text ?? ""))
            {
                faults.Add(
                    member.Value, TemplateStatus.BrokenFunction,
                    $"'{member.Key}' of {what} has parentheses or commas but is no function call, "
                    + $"found '{member.Value.Text}'");
            }
        }

        return true;
    }
}
