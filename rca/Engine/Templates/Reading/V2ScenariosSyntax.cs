using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>The shape of the scenarios of version 1 and 2 templates.</summary>
internal static class V2ScenariosSyntax
{
    private static readonly MappingShape ScenarioItem = new MappingShape()
        .Required("scenario", TemplateStatus.ScenarioField, MappingShape.Mapping);

    private static readonly MappingShape Scenario = new MappingShape()
        .Required("condition", TemplateStatus.NoCondition, MappingShape.Text)
        .Required("actions", TemplateStatus.NoActions, MappingShape.List);

    private static readonly MappingShape ActionItem = new MappingShape()
        .Required("action", TemplateStatus.ActionField, MappingShape.Mapping);

    private static readonly MappingShape Action = new MappingShape()
        .Required("action_type", TemplateStatus.NoActionType, ActionType)
        .Optional("properties", MappingShape.Mapping)
        .Optional("action_target", MappingShape.Mapping);

    /// <summary>Reports what is wrong with the shape of a list of scenarios.</summary>
    public static void Check(ConfigNode scenarios, TemplateFaults faults)
    {
        if (scenarios.Items.Count == 0)
        {
            faults.Add(
                scenarios, TemplateStatus.EmptyScenarios,
                "'scenarios' of template is empty; write at least one scenario");
        }

        if (scenarios.Items.Count > TemplateLimits.ScenariosMax)
        {
            faults.Add(
                scenarios, TemplateStatus.Syntax, $"'scenarios' of template has {scenarios.Items.Count} items, "
                + $"{TemplateLimits.ScenariosMax} are allowed");
            return;
        }

        for (var index = 0; index < scenarios.Items.Count; index++)
        {
            var item = scenarios.Items[index];
            if (ScenarioItem.Holds(item, $"item {index} of scenarios", faults)
                && Scenario.Holds(item["scenario"]!, $"scenario {index}", faults))
            {
                CheckActions(item["scenario"]!["actions"]!, $"scenario {index}", faults);
            }
        }
    }

    private static void CheckActions(ConfigNode actions, string what, TemplateFaults faults)
    {
        if (actions.Items.Count == 0)
        {
            faults.Add(actions, TemplateStatus.EmptyActions,
                $"'actions' of {what} is empty; write at least one action");
        }

        foreach (var item in actions.Items)
        {
            if (ActionItem.Holds(item, $"an item of actions of {what}", faults))
            {
                Action.Holds(item["action"]!, $"action of {what}", faults);
            }
        }
    }

    private static bool ActionType(ConfigNode node, string what, TemplateFaults faults)
    {
        if (SharedShapes.Actions.Contains(node.Text))
        {
            return true;
        }

        SharedShapes.NotOneOf(node, TemplateStatus.BadActionType, what, SharedShapes.Actions, faults);
        return false;
    }
}
