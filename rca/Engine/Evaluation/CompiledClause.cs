using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>A relation between two places of a clause.</summary>
/// <param name="Source">The place it starts at.</param>
/// <param name="Label">Its label's number.</param>
/// <param name="Target">The place it ends at.</param>
/// <param name="Negated">Whether it must be absent.</param>
internal sealed record ClauseEdge(int Source, int Label, int Target, bool Negated)
{
    /// <summary>
    /// The group keys of the target seen from the source, and the other way; below 0 where only the label counts.
    /// </summary>
    public long OutKey { get; init; }

    /// <inheritdoc cref="OutKey"/>
    public long InKey { get; init; }
}

/// <summary>A negated relation of a place to any vertex of a class.</summary>
/// <param name="Anchor">The place.</param>
/// <param name="Watch">Who counts the violators.</param>
/// <param name="Overlaps">Whether a vertex bound elsewhere in the match might be counted: it is no violator.</param>
internal sealed record ClauseWatch(int Anchor, Watch Watch, bool Overlaps);

/// <summary>A clause as the matcher runs it: from any one place or edge outward to all the others.</summary>
internal sealed class CompiledClause
{
    /// <summary>The most relations, and the most entities, of one clause.</summary>
    public const int RelationsMax = 63;

    public required CompiledScenario Scenario { get; init; }

    /// <summary>Place of the clause in the scenario, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The positive entities' ids, by place.</summary>
    public required string[] Ids { get; init; }

    /// <summary>Their classes, by place.</summary>
    public required VertexClass[] Classes { get; init; }

    /// <summary>The positive relations.</summary>
    public required ClauseEdge[] Edges { get; init; }

    /// <summary>The negated relations between two places.</summary>
    public required ClauseEdge[] Forbidden { get; init; }

    /// <summary>The negated relations to any vertex of a class.</summary>
    public required ClauseWatch[] Watches { get; init; }

    /// <summary>What to do for a match.</summary>
    public required ClauseAction[] Actions { get; init; }

    /// <summary>The template's clause.</summary>
    public required Clause Source { get; init; }

    /// <summary>The properties that actions read of a place, in ascending order; empty for most.</summary>
    public required int[][] Reads { get; init; }

    /// <summary>Whether relations lead from any place to every other.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>How many of its classes have no vertex: above 0 it cannot match, and stands in no role list.</summary>
    public int Missing { get; set; } = int.MaxValue / 2;

    public VertexRole[] VertexRoles { get; set; } = [];

    public EdgeRole[] EdgeRoles { get; set; } = [];

    public WatchRole[] WatchRoles { get; set; } = [];

    /// <summary>Whether a vertex at a place needs a neighbour, by place.</summary>
    public required bool[] NeedsEdge { get; init; }
}
