using System.Collections.Immutable;
using Ops.Model;
using Ops.Rca.Templates.Conditions;

namespace Ops.Rca.Templates.Reading;

/// <summary>Makes a scenario of its condition and actions.</summary>
internal static class ScenarioBuilder
{
    /// <summary>The scenario; warns of actions whose entity not every alternative of the condition binds.</summary>
    public static Scenario Build(
        int index, ConfigNode at, ScenarioCondition condition, IEnumerable<ScenarioAction> actions,
        TemplateFaults faults)
    {
        ImmutableArray<ScenarioAction> all = [.. actions];
        foreach (var name in all.SelectMany(Names).Distinct().Where(name => !condition.Common.Contains(name)))
        {
            faults.Warn(
                at, $"an action of scenario {index} names '{name}', which not every alternative of condition "
                + $"'{condition.Text}' binds; a match without it does not do that action");
        }

        return new Scenario
        {
            Index = index,
            Condition = condition.Text,
            Clauses = condition.Clauses(),
            Actions = all,
            CommonEntities = condition.Common,
        };
    }

    private static IEnumerable<string> Names(ScenarioAction action) => action switch
    {
        RaiseAlarm { CausingAlarm: { } cause } raise => [raise.Target, cause],
        RaiseAlarm raise => [raise.Target],
        SetState set => [set.Target],
        AddCause add => [add.Source, add.Target],
        MarkDown mark => [mark.Target],
        RunWorkflow { Target: { } target } => [target],
        _ => [],
    };
}
