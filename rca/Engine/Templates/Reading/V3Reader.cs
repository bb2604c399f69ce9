using System.Collections.Immutable;
using Ops.Model;
using Ops.Rca.Templates.Conditions;

namespace Ops.Rca.Templates.Reading;

/// <summary>Reads a version 3 template.</summary>
internal sealed class V3Reader(ConfigNode root, IReadOnlyDictionary<string, string> parameters, TemplateFaults faults)
{
    private readonly Vocabulary _vocabulary = new();
    private readonly List<ScenarioCondition?> _conditions = [];

    /// <summary>The template, or null with faults.</summary>
    public Template? Read()
    {
        var entities = root["entities"] is { Kind: ConfigNodeKind.Mapping } mapping ? mapping.Members : [];
        new V3Syntax(entities.Select(member => member.Key).ToHashSet(StringComparer.Ordinal)).Check(root, faults);
        foreach (var entity in entities)
        {
            _vocabulary.Entities[entity.Key] = EntityDefinition.Read(entity.Key, entity.Value);
            EntityDefinition.CheckPatterns(entity.Value, faults);
        }

        var scenarios = Scenarios();
        foreach (var scenario in scenarios)
        {
            _conditions.Add(scenario["condition"] is { Kind: ConfigNodeKind.Scalar } condition
                ? ConditionReader.ReadV3(condition, _vocabulary, faults)
                : null);
        }

        var getParam = new GetParam(root, parameters, true, faults);
        var resolved = getParam.Resolve();
        for (var index = 0; index < scenarios.Count; index++)
        {
            if (_conditions[index] is { Common.IsEmpty: true } condition)
            {
                ConditionReader.NoCommonEntity(scenarios[index]["condition"]!, condition.Text, faults);
            }
        }

        if (!faults.None)
        {
            return null;
        }

        return getParam.IsUsed ? new V3Reader(resolved, parameters, faults).Read() : Build();
    }

    private IReadOnlyList<ConfigNode> Scenarios() =>
        root["scenarios"] is { Kind: ConfigNodeKind.Sequence } list && list.Items.Count <= TemplateLimits.ScenariosMax
            ? list.Items
            : [];

    private Template Build()
    {
        var scenarios = Scenarios();
        return new Template
        {
            Name = root["metadata"]!["name"]!.Text ?? "",
            Version = "3",
            Description = root["metadata"]!["description"]?.Text,
            File = root.File,
            Scenarios = [.. scenarios.Select((node, index) => ScenarioBuilder.Build(
                index, node["condition"]!, _conditions[index]!, node["actions"]!.Items.Select(Action), faults))],
        };
    }

    private ScenarioAction Action(ConfigNode node)
    {
        var (name, body) = (node.Members[0].Key, node.Members[0].Value);
        var target = body["target"]?.Text ?? "";
        return name switch
        {
            "raise_alarm" => new RaiseAlarm(
                target, Text(body["alarm_name"]), Text(body["severity"]), body["causing_alarm"]?.Text),
            "set_state" => new SetState(target, Text(body["state"])),
            "add_causal_relationship" => new AddCause(body["source"]!.Text ?? "", target),
            "mark_down" => new MarkDown(target),
            _ => new RunWorkflow(
                Text(body["workflow"]), ActionTexts.Input(body["input"]?.Members ?? [], _vocabulary, faults), null),
        };
    }

    private ActionText Text(ConfigNode? node) => ActionTexts.Read(node, _vocabulary, faults);
}
