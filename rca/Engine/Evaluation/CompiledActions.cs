using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>A scenario with its actions; clauses refer to it.</summary>
internal sealed class CompiledScenario(string template, Scenario source)
{
    public string Template => template;

    public Scenario Source => source;

    /// <summary>Its clauses, once compiled.</summary>
    public IReadOnlyList<CompiledClause> Clauses { get; set; } = [];

    /// <summary>One for each action of the scenario, in order; what facts name as their support.</summary>
    public CompiledAction[] Actions { get; init; } = [];
}

/// <summary>What an action does.</summary>
internal enum ActionKind
{
    RaiseAlarm,
    SetState,
    AddCause,
    MarkDown,
    RunWorkflow,
}

/// <summary>An action as the supporter of facts.</summary>
internal sealed class CompiledAction(CompiledScenario scenario, ScenarioAction source, ActionKind kind)
{
    public CompiledScenario Scenario => scenario;

    public ScenarioAction Source => source;

    public ActionKind Kind => kind;

    /// <summary>The order in which facts of it settle: after all that they rest on.</summary>
    public int Level { get; set; }

    /// <summary>
    /// Whether what it supports may rest on itself, so that counting alone does not show that it is held up.
    /// </summary>
    public bool Recursive { get; set; }

    /// <summary>Whether any action that supports facts like its own is recursive.</summary>
    public bool MeetsRecursion { get; set; }

    /// <summary>The same of the cause that a raised alarm names.</summary>
    public int CauseLevel { get; set; }

    /// <inheritdoc cref="CauseLevel"/>
    public bool CauseRecursive { get; set; }

    /// <inheritdoc cref="CauseLevel"/>
    public bool CauseMeetsRecursion { get; set; }
}

/// <summary>An action within a clause: the places its words stand for.</summary>
internal sealed class ClauseAction
{
    public required CompiledAction Action { get; init; }

    /// <summary>The place of the target (of a cause: the effect); -1 where there is none.</summary>
    public required int Target { get; init; }

    /// <summary>The place of the cause, or -1.</summary>
    public int Cause { get; init; } = -1;

    /// <summary>The alarm's name or the state.</summary>
    public ClauseText Text { get; init; }

    /// <summary>The alarm's severity.</summary>
    public ClauseText Severity { get; init; }
}

/// <summary>A text of an action within a clause: a symbol, or a property of a place.</summary>
/// <param name="Symbol">The literal's number, or -1.</param>
/// <param name="Place">The place to read, or -1.</param>
/// <param name="Property">The property to read.</param>
internal readonly record struct ClauseText(int Symbol, int Place, int Property);
