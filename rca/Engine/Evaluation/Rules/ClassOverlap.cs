using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Rules;

/// <summary>Judges from predicates alone whether vertices of two classes may be the same.</summary>
internal static class ClassOverlap
{
    /// <summary>Whether one vertex may be in both classes, possibly at different times of one settling.</summary>
    public static bool MayShare(VertexClass one, VertexClass other)
    {
        if (one.Kind >= 0 && other.Kind >= 0 && one.Kind != other.Kind)
        {
            return false;
        }

        foreach (var test in one.OfKind.Concat(one.Rest))
        {
            foreach (var against in other.OfKind.Concat(other.Rest))
            {
                if (test.Property == against.Property && !PropertyIds.IsDerived(test.Property)
                    && Excludes(test, against))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Excludes(ClassPredicate test, ClassPredicate against) => (test.Kind, against.Kind) switch
    {
        (PredicateKind.Equal, _) => !against.Fits(test.Value),
        (_, PredicateKind.Equal) => !test.Fits(against.Value),
        _ => false,
    };
}
