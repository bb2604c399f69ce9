using Ops.Model;
using Ops.Rca.Templates.Conditions;

namespace Ops.Rca.Templates.Reading;

/// <summary>Reads standard templates of versions 1 and 2.</summary>
internal sealed class V2Reader(
    ConfigNode root, bool isVersion1, IReadOnlyDictionary<string, ConfigNode> definitionTemplates,
    IReadOnlyDictionary<string, string> parameters, TemplateFaults faults)
{
    private Vocabulary _vocabulary = new();

    /// <summary>The template, or null with faults.</summary>
    public Template? Read()
    {
        V2Syntax.CheckStandard(root, faults);
        CheckType(root["metadata"]!);
        var getParam = new GetParam(root, parameters, !isVersion1, faults);
        var resolved = getParam.Resolve();
        var definitions = new V2Definitions(root, faults);
        definitions.Read(definitionTemplates);
        _vocabulary = definitions.Vocabulary;
        var scenarios = ReadScenarios();
        if (!faults.None)
        {
            return null;
        }

        return getParam.IsUsed
            ? new V2Reader(resolved, isVersion1, definitionTemplates, parameters, faults).Read()
            : Build(scenarios);
    }

    private void CheckType(ConfigNode metadata)
    {
        if (metadata["type"] is { IsNull: false } type)
        {
            if (SharedShapes.Types.Contains(type.Text))
            {
                return;
            }

            if (isVersion1)
            {
                faults.Warn(type, $"version 1 has no type {type.Describe()}; the template is read as standard");
            }
            else
            {
                SharedShapes.NotOneOf(
                    type, TemplateStatus.BadType, "'type' of metadata", SharedShapes.Types, faults);
            }
        }
        else if (!isVersion1)
        {
            faults.Add(
                metadata, TemplateStatus.NoType,
                $"metadata needs 'type' from version 2 on; one of {string.Join(", ", SharedShapes.Types)}");
        }
    }

    private List<ReadScenario> ReadScenarios()
    {
        var read = new List<ReadScenario>();
        var actions = new V2Actions(_vocabulary, isVersion1, faults);
        var items = root["scenarios"]?.Items ?? [];
        foreach (var item in items.Take(TemplateLimits.ScenariosMax))
        {
            if (item["scenario"] is not { Kind: ConfigNodeKind.Mapping } scenario)
            {
                continue;
            }

            var condition = scenario["condition"] is { Kind: ConfigNodeKind.Scalar } text
                ? ConditionReader.ReadV2(text, _vocabulary, faults)
                : null;
            read.Add(new ReadScenario(scenario, condition, [.. (scenario["actions"]?.Items ?? [])
                .Select(action => action["action"])
                .OfType<ConfigNode>()
                .Where(action => action.Kind == ConfigNodeKind.Mapping)
                .Select(actions.Read)]));
        }

        return read;
    }

    private Template Build(List<ReadScenario> scenarios) =>
        new()
        {
            Name = root["metadata"]!["name"]!.Text ?? "",
            Version = isVersion1 ? "1" : "2",
            Description = root["metadata"]!["description"]?.Text,
            File = root.File,
            Scenarios = [.. scenarios.Select((scenario, index) => ScenarioBuilder.Build(
                index, scenario.Node["condition"]!, scenario.Condition!,
                scenario.Actions.OfType<ScenarioAction>(), faults))],
        };

    private sealed record ReadScenario(
        ConfigNode Node, ScenarioCondition? Condition, List<ScenarioAction?> Actions);
}
