using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Strata;

/// <summary>
/// Something that scenarios deduce, as far as the templates alone tell: a node of the dependency graph.
/// </summary>
/// <param name="Kind">Alarm, state, mark or cause.</param>
/// <param name="Word">The alarm's name, or the state; null where it is read from a property or there is none.</param>
/// <param name="Severity">The alarm's severity; null where it is read from a property.</param>
/// <param name="Target">The class of the target (of a cause: the effect).</param>
/// <param name="Cause">The class of the cause.</param>
/// <param name="EffectName">Of the cause of a raised alarm: the name of that alarm, empty where it is read; else
/// null.</param>
internal sealed record Head(
    ActionKind Kind, string? Word, string? Severity, VertexClass Target, VertexClass? Cause, string? EffectName)
{
    /// <summary>For messages.</summary>
    public string Describe() => Kind switch
    {
        ActionKind.RaiseAlarm => $"alarm '{Word ?? "(any name)"}'",
        ActionKind.SetState => $"state '{Word ?? "(any)"}'",
        ActionKind.MarkDown => "mark down",
        _ => "cause",
    };
}

/// <summary>The heads of an action within a clause.</summary>
internal static class Heads
{
    /// <summary>What the action deduces; for an alarm with a cause two things.</summary>
    public static IEnumerable<(Head Head, bool IsCauseOfAlarm)> Of(CompiledClause clause, ClauseAction action)
    {
        if (action.Target < 0)
        {
            yield break;
        }

        var target = clause.Classes[action.Target];
        var cause = action.Cause < 0 ? null : clause.Classes[action.Cause];
        switch (action.Action.Source)
        {
            case RaiseAlarm raise:
                yield return (new Head(
                    ActionKind.RaiseAlarm, raise.AlarmName.Literal, raise.Severity.Literal, target, null, null), false);
                if (cause is not null)
                {
                    yield return (new Head(
                        ActionKind.AddCause, null, null, target, cause, raise.AlarmName.Literal ?? ""), true);
                }

                break;
            case SetState set:
                yield return (new Head(ActionKind.SetState, set.State.Literal, null, target, null, null), false);
                break;
            case MarkDown:
                yield return (new Head(ActionKind.MarkDown, null, null, target, null, null), false);
                break;
            case AddCause:
                yield return (new Head(ActionKind.AddCause, null, null, target, cause, null), false);
                break;
        }
    }
}
