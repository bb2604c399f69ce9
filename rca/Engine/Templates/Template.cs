using System.Collections.Immutable;

namespace Ops.Rca.Templates;

/// <summary>A template that passed validation, whatever grammar version it was written in.</summary>
public sealed record Template
{
    /// <summary>Its name, unique in a set.</summary>
    public required string Name { get; init; }

    /// <summary><c>1</c>, <c>2</c>, <c>3</c> or <c>ops/1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What it knows, in the author's words, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The file it came from, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>Its scenarios in order; their index is their number in answers.</summary>
    public required ImmutableArray<Scenario> Scenarios { get; init; }

    /// <summary>What it was read from, digested; null where it was made otherwise.</summary>
    public string? Digest { get; init; }

    /// <summary>Two templates of one digest and name are equal: reading the same again changes nothing.</summary>
    public bool Equals(Template? other) => ReferenceEquals(this, other)
        || (other is not null && Digest is not null && Name == other.Name && Digest == other.Digest
            && File == other.File);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A condition and what is done for each of its matches.</summary>
public sealed record Scenario
{
    /// <summary>Place within the template, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The condition as written.</summary>
    public required string Condition { get; init; }

    /// <summary>
    /// The condition in disjunctive normal form: it holds when any clause matches. All support one scenario.
    /// </summary>
    public required ImmutableArray<Clause> Clauses { get; init; }

    /// <summary>What is done for each match.</summary>
    public required ImmutableArray<ScenarioAction> Actions { get; init; }

    /// <summary>
    /// The ids of the positive entities that all clauses share, in order of the condition; the first that is no alarm
    /// is what a workflow without a target runs for.
    /// </summary>
    public required ImmutableArray<string> CommonEntities { get; init; }
}

/// <summary>One AND of positive and negated relations (or a single entity) over the entities it names.</summary>
/// <remarks>
/// Matching is injective. An entity that only negated relations name stands for "any such": the clause is violated by
/// one vertex that fits it and has the relation.
/// </remarks>
public sealed record Clause
{
    /// <summary>The entities that the clause names, each once.</summary>
    public required ImmutableArray<ClauseEntity> Entities { get; init; }

    /// <summary>The relations between them; empty where the clause is a single entity.</summary>
    public required ImmutableArray<ClauseRelation> Relations { get; init; }
}

/// <summary>An entity of a clause: its id in the template and what a vertex must fulfil.</summary>
public sealed record ClauseEntity(string Id, ImmutableArray<PropertyPredicate> Predicates)
{
    /// <summary>
    /// Whether the clause demands it by its bare name, as <c>host AND NOT alarm [on] host</c> demands the host, so that
    /// a match binds it even where only negated relations name it. False by default.
    /// </summary>
    public bool IsNamedAlone { get; init; }
}

/// <summary>A relation of a clause; source and target index <see cref="Clause.Entities"/>.</summary>
public sealed record ClauseRelation(int Source, string Label, int Target, bool Negated);

/// <summary>How a predicate compares.</summary>
public enum PredicateKind
{
    /// <summary>Same text; case matters.</summary>
    Equal,

    /// <summary>A regular expression that must match from the start of the text (Python's re.match).</summary>
    Regex,
}

/// <summary>What a property of a vertex must be.</summary>
/// <param name="Property">
/// The vertex property under its full name (<c>vitrage_type</c>, <c>vitrage_category</c>, <c>name</c>, …), aliases
/// resolved.
/// </param>
/// <param name="Kind">How it compares.</param>
/// <param name="Value">With what.</param>
public sealed record PropertyPredicate(string Property, PredicateKind Kind, string Value);
