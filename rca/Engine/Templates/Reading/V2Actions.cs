using Ops.Model;

namespace Ops.Rca.Templates.Reading;

/// <summary>Reads the actions of version 1 and 2 templates.</summary>
/// <remarks>Source: Vitrage 9, the action validators of its content validation; their codes and order.</remarks>
internal sealed class V2Actions(Vocabulary vocabulary, bool isVersion1, TemplateFaults faults)
{
    /// <summary>The action, or null with faults.</summary>
    public ScenarioAction? Read(ConfigNode action)
    {
        var before = faults.Count;
        var read = action["action_type"]?.Text switch
        {
            "raise_alarm" => RaiseAlarm(action),
            "set_state" => SetState(action),
            "add_causal_relationship" => AddCause(action),
            "mark_down" => MarkDown(action),
            "execute_mistral" => RunWorkflow(action),
            _ => (ScenarioAction?)null,
        };
        return faults.Count == before ? read : null;
    }

    private RaiseAlarm? RaiseAlarm(ConfigNode action)
    {
        const string Name = "raise_alarm";
        if (Target(action, Name) is not { } ends)
        {
            return null;
        }

        var alarmName = Property(action, Name, "alarm_name", TemplateStatus.RaiseAlarmNeedsName);
        var severity = Property(action, Name, "severity", TemplateStatus.RaiseAlarmNeedsSeverity);
        return new RaiseAlarm(
            End(ends, Name, "target", TemplateStatus.RaiseAlarmNeedsTarget), Text(alarmName), Text(severity), null);
    }

    private SetState? SetState(ConfigNode action)
    {
        const string Name = "set_state";
        if (Target(action, Name) is not { } ends)
        {
            return null;
        }

        var state = Property(action, Name, "state", TemplateStatus.SetStateNeedsState);
        return new SetState(End(ends, Name, "target", TemplateStatus.SetStateNeedsTarget), Text(state));
    }

    private AddCause? AddCause(ConfigNode action)
    {
        const string Name = "add_causal_relationship";
        if (Target(action, Name) is not { } ends)
        {
            return null;
        }

        var target = Alarm(ends, Name, "target");
        return new AddCause(Alarm(ends, Name, "source"), target);
    }

    private MarkDown? MarkDown(ConfigNode action)
    {
        const string Name = "mark_down";
        return Target(action, Name) is { } ends
            ? new MarkDown(End(ends, Name, "target", TemplateStatus.MarkDownNeedsTarget))
            : null;
    }

    private RunWorkflow? RunWorkflow(ConfigNode action)
    {
        var properties = action["properties"] ?? ConfigNode.Mapping([], action.File, action.Line, action.Column);
        if (properties["workflow"] is not { } workflow || string.IsNullOrEmpty(workflow.Text))
        {
            faults.Add(
                properties["workflow"] ?? action, TemplateStatus.NoWorkflow,
                "execute_mistral needs 'workflow' in properties");
            return null;
        }

        var target = action["action_target"]?["target"]?.Text is { } id && vocabulary.Entities.ContainsKey(id)
            ? id : null;
        var input = isVersion1
            ? properties.Members.Where(member => member.Key != "workflow")
            : properties["input"]?.Members ?? [];
        CheckInput(properties);
        return new RunWorkflow(Text(workflow), ActionTexts.Input(input, vocabulary, faults), target);
    }

    private void CheckInput(ConfigNode properties)
    {
        foreach (var member in properties.Members)
        {
            if (isVersion1 && member.Value.Text is { } text && ActionTexts.IsCall(text))
            {
                faults.Add(
                    member.Value, TemplateStatus.FunctionsNeedVersion2,
                    $"'{text}': functions need version 2 or 3 of the template");
            }
            else if (!isVersion1 && member.Key is not ("workflow" or "input"))
            {
                faults.Add(
                    member.Value.File, member.Line, member.Column, TemplateStatus.InputBlock,
                    $"'{member.Key}' of execute_mistral must stand under 'input'");
            }
        }

        if (!isVersion1 && properties["input"] is { Kind: not ConfigNodeKind.Mapping } input)
        {
            faults.Add(
                input, TemplateStatus.Syntax,
                $"'input' of execute_mistral must be a mapping, found {input.Describe()}");
        }
    }

    private ConfigNode? Target(ConfigNode action, string name)
    {
        if (action["action_target"] is { } ends)
        {
            return ends;
        }

        faults.Add(action, TemplateStatus.NoActionTarget, $"{name} needs 'action_target'");
        return null;
    }

    private ConfigNode? Property(ConfigNode action, string name, string key, int code)
    {
        if (action["properties"]?[key] is not { } value)
        {
            faults.Add(action["properties"] ?? action, code, $"{name} needs '{key}' in properties");
            return null;
        }

        MappingShape.Text(value, $"'{key}' of {name}", faults);
        return value;
    }

    private string End(ConfigNode ends, string name, string key, int code)
    {
        if (ends[key] is not { } end)
        {
            faults.Add(ends, code, $"{name} needs '{key}' in action_target");
            return "";
        }

        if (vocabulary.Entities.ContainsKey(end.Text ?? ""))
        {
            return end.Text!;
        }

        faults.AddUnknown(
            end, TemplateStatus.UnknownTemplateId,
            $"'{key}' of {name} is {end.Describe()}, which entities do not declare",
            end.Text ?? "", vocabulary.Entities.Keys);
        return "";
    }

    private string Alarm(ConfigNode ends, string name, string key)
    {
        var given = ends[key]?.Text ?? "";
        var found = vocabulary.Relations.ContainsKey(given) ? "a relationship"
            : !vocabulary.Entities.TryGetValue(given, out var entity) || entity.Category == "ALARM" ? null
            : $"of category {entity.Category}";
        if (found is null)
        {
            return End(ends, name, key, TemplateStatus.CauseNeedsEnds);
        }

        faults.Add(
            ends[key]!, TemplateStatus.CauseNeedsAlarms,
            $"'{key}' of {name} must be an entity of category ALARM, but '{given}' is {found}");
        return given;
    }

    private ActionText Text(ConfigNode? node) => ActionTexts.Read(node, vocabulary, faults);
}
