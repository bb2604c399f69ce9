using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Graph;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Strata;

/// <summary>How a condition depends on something deduced.</summary>
[Flags]
internal enum DependenceSigns
{
    None = 0,

    /// <summary>More of it may make the condition hold.</summary>
    Positive = 1,

    /// <summary>More of it may make the condition fail.</summary>
    Negative = 2,

    Both = Positive | Negative,
}

/// <summary>
/// Judges whether what one action deduces can bear on a clause, and which way. A state or severity that outdoes another
/// takes the other away, so it counts against conditions on the other.
/// </summary>
internal sealed class Dependence(EntityGraph graph, StateValueSet values)
{
    /// <summary>How a clause depends on a head.</summary>
    public DependenceSigns Of(Head head, CompiledClause clause)
    {
        var signs = DependenceSigns.None;
        for (var place = 0; place < clause.Classes.Length; place++)
        {
            signs |= OfClass(head, clause.Classes[place], clause, place);
            signs |= clause.Reads[place].Length > 0 ? OfReads(head, clause, place) : DependenceSigns.None;
        }

        foreach (var watch in clause.Watches)
        {
            var anchor = clause.Classes[watch.Anchor];
            signs |= Swap(OfClass(head, watch.Watch.Other, null, -1, watch.Watch.Label, anchor));
            if (head.Kind == ActionKind.AddCause && watch.Watch.Label == graph.Causes)
            {
                signs |= DependenceSigns.Negative;
            }
        }

        if (head.Kind == ActionKind.AddCause)
        {
            signs |= OfCauses(head, clause);
        }

        return signs;
    }

    private DependenceSigns OfCauses(Head head, CompiledClause clause)
    {
        var signs = DependenceSigns.None;
        foreach (var edge in clause.Edges.Concat(clause.Forbidden))
        {
            if (edge.Label == graph.Causes
                && ClassOverlap.MayShare(clause.Classes[edge.Source], head.Cause!)
                && MayBeEffect(head, clause.Classes[edge.Target]))
            {
                signs |= edge.Negated ? DependenceSigns.Negative : DependenceSigns.Positive;
            }
        }

        return signs;
    }

    private bool MayBeEffect(Head head, VertexClass vertexClass) => head.EffectName is { } name
        ? MayBeAlarm(vertexClass, name.Length == 0 ? null : name)
        : ClassOverlap.MayShare(vertexClass, head.Target);

    private DependenceSigns OfClass(
        Head head, VertexClass vertexClass, CompiledClause? clause, int place, int label = -1, VertexClass? far = null)
    {
        switch (head.Kind)
        {
            case ActionKind.RaiseAlarm when MayBeAlarm(vertexClass, head.Word)
                && (clause is null ? MayLieOn(head, label, far!) : MayLieOn(head, clause, place)):
                var exists = IsForbidden(clause, place) ? DependenceSigns.Both : DependenceSigns.Positive;
                return OfTests(vertexClass, graph.Kinds.Deduced, isSeverity: true, head.Severity, exists);
            case ActionKind.SetState when ClassOverlap.MayShare(vertexClass, head.Target):
                var kind = vertexClass.Kind >= 0 ? vertexClass.Kind : head.Target.Kind;
                return OfTests(vertexClass, kind, isSeverity: false, head.Word, DependenceSigns.None);
            case ActionKind.MarkDown when ClassOverlap.MayShare(vertexClass, head.Target):
                return Array.Find(vertexClass.Rest, test => test.Property == PropertyIds.MarkedDown) is { } marked
                    ? marked.Fits("true") ? DependenceSigns.Positive : DependenceSigns.Negative
                    : DependenceSigns.None;
            default:
                return DependenceSigns.None;
        }
    }

    /// <summary>
    /// How the predicates on state or severity bear: one that the word fits is for it, one that it outdoes against.
    /// </summary>
    private DependenceSigns OfTests(
        VertexClass vertexClass, int kind, bool isSeverity, string? word, DependenceSigns without)
    {
        var signs = DependenceSigns.None;
        foreach (var test in vertexClass.Rest)
        {
            var concerns = isSeverity ? IsSeverity(test.Property) : IsState(test.Property);
            if (concerns)
            {
                signs |= word is null || kind < 0 ? DependenceSigns.Both : OfTest(test, kind, word);
            }
            else if (isSeverity && test.Property == PropertyIds.State && !test.Fits("Active"))
            {
                return DependenceSigns.None;
            }
        }

        return signs == DependenceSigns.None && !HasTestsOn(vertexClass, isSeverity) ? without : signs;
    }

    private static bool HasTestsOn(VertexClass vertexClass, bool isSeverity) => Array.Exists(
        vertexClass.Rest, test => isSeverity ? IsSeverity(test.Property) : IsState(test.Property));

    private DependenceSigns OfTest(ClassPredicate test, int kind, string word)
    {
        var (type, isAlarm) = (graph.Kinds[kind].Type, graph.Kinds[kind].IsAlarm);
        var reading = values.Deduced(type, isAlarm, word);
        if (test.Fits(Seen(test, reading)))
        {
            return DependenceSigns.Positive;
        }

        if (test.Property is PropertyIds.DeducedState)
        {
            return DependenceSigns.Negative;
        }

        // It takes the condition away where it outdoes a word that fulfils it.
        var outdoes = !values.Words(type, isAlarm).Any()
            || values.Words(type, isAlarm).Any(known => known.Value.Priority <= reading.Priority
                && test.Fits(Seen(test, values.Said(type, isAlarm, known.Key))))
            || (test.Kind == PredicateKind.Equal && !values.Knows(type, isAlarm, test.Value) && reading.Priority > 0);
        return outdoes ? DependenceSigns.Negative : DependenceSigns.None;
    }

    private static string Seen(ClassPredicate test, Reading reading) => test.Property switch
    {
        PropertyIds.Severity when test.Kind == PredicateKind.Equal
            && string.Equals(test.Value, reading.Text, StringComparison.OrdinalIgnoreCase) => test.Value,
        PropertyIds.Severity or PropertyIds.DeducedState => reading.Text,
        PropertyIds.OperationalSeverity or PropertyIds.OperationalState => reading.Operational,
        _ => reading.Upper,
    };

    private DependenceSigns OfReads(Head head, CompiledClause clause, int place)
    {
        var vertexClass = clause.Classes[place];
        var reads = clause.Reads[place];
        return head.Kind switch
        {
            ActionKind.RaiseAlarm when MayBeAlarm(vertexClass, head.Word) && reads.Any(IsSeverity) =>
                DependenceSigns.Both,
            ActionKind.SetState when ClassOverlap.MayShare(vertexClass, head.Target) && reads.Any(IsState) =>
                DependenceSigns.Both,
            ActionKind.MarkDown when ClassOverlap.MayShare(vertexClass, head.Target)
                && reads.Contains(PropertyIds.MarkedDown) => DependenceSigns.Both,
            _ => DependenceSigns.None,
        };
    }

    private static bool IsSeverity(int property) =>
        property is >= PropertyIds.Severity and <= PropertyIds.OperationalSeverity;

    private static bool IsState(int property) =>
        property is >= PropertyIds.DeducedState and <= PropertyIds.OperationalState;

    private bool MayBeAlarm(VertexClass vertexClass, string? name)
    {
        if (vertexClass.Kind >= 0 && vertexClass.Kind != graph.Kinds.Deduced)
        {
            return false;
        }

        foreach (var test in vertexClass.OfKind)
        {
            if (!test.Fits(test.Property == PropertyIds.Category ? Kinds.Alarm : Kinds.DeducedType))
            {
                return false;
            }
        }

        return name is null
            || Array.TrueForAll(vertexClass.Rest, test => test.Property != PropertyIds.Name || test.Fits(name));
    }

    private bool MayLieOn(Head head, int label, VertexClass far) =>
        label != graph.On || ClassOverlap.MayShare(far, head.Target);

    private bool MayLieOn(Head head, CompiledClause clause, int place)
    {
        foreach (var edge in clause.Edges)
        {
            if (edge.Source == place && !MayLieOn(head, edge.Label, clause.Classes[edge.Target]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsForbidden(CompiledClause? clause, int place) =>
        clause is not null
        && Array.Exists(clause.Forbidden, edge => edge.Source == place || edge.Target == place);

    private static DependenceSigns Swap(DependenceSigns signs) =>
        ((signs & DependenceSigns.Positive) != 0 ? DependenceSigns.Negative : 0)
        | ((signs & DependenceSigns.Negative) != 0 ? DependenceSigns.Positive : 0);
}
