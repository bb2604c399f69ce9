using System.Collections.Immutable;

namespace Ops.Rca.Templates;

/// <summary>What a scenario does for each match. Entities are named by their ids in the template.</summary>
public abstract record ScenarioAction;

/// <summary>Raises a deduced alarm on an entity, and names its cause where one is given.</summary>
public sealed record RaiseAlarm(string Target, ActionText AlarmName, ActionText Severity, string? CausingAlarm)
    : ScenarioAction;

/// <summary>Sets the deduced state of an entity; the worst of several wins.</summary>
public sealed record SetState(string Target, ActionText State) : ScenarioAction;

/// <summary>Says that one alarm causes another.</summary>
public sealed record AddCause(string Source, string Target) : ScenarioAction;

/// <summary>Marks an entity as down.</summary>
public sealed record MarkDown(string Target) : ScenarioAction;

/// <summary>Starts a workflow once per match.</summary>
public sealed record RunWorkflow(
    ActionText Workflow, ImmutableArray<KeyValuePair<string, ActionText>> Input, string? Target) : ScenarioAction;

/// <summary>A text of an action: literal, or <c>get_attr(entity, attribute)</c> read from the matched vertex.</summary>
/// <param name="Literal">The text; null where it is read from a vertex.</param>
/// <param name="Entity">The entity's id in the template, or null.</param>
/// <param name="Attribute">The vertex property, or null.</param>
public sealed record ActionText(string? Literal, string? Entity = null, string? Attribute = null)
{
    /// <summary>A literal text.</summary>
    public static implicit operator ActionText(string literal) => new(literal);
}
