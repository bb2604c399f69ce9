using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>
/// What templates require of a vertex. Entities of any templates that require the same share one class, so that what a
/// vertex is gets worked out once, however many templates ask.
/// </summary>
internal sealed class VertexClass
{
    public VertexClass(int number, int kind, ClassPredicate[] ofKind, ClassPredicate[] rest)
    {
        Number = number;
        Kind = kind;
        OfKind = ofKind;
        Rest = rest;
        Access = Array.Find(rest, test => test is { Kind: PredicateKind.Equal, Property: PropertyIds.Name })
            ?? Array.Find(rest, test => test.Kind == PredicateKind.Equal)
            ?? (rest.Length > 0 ? rest[0] : null);
    }

    /// <summary>Its place in class sets.</summary>
    public int Number { get; }

    /// <summary>The one kind that fits, or -1 where several may.</summary>
    public int Kind { get; }

    /// <summary>The predicates on category and type.</summary>
    public ClassPredicate[] OfKind { get; }

    /// <summary>The other predicates.</summary>
    public ClassPredicate[] Rest { get; }

    /// <summary>Whether no alarm fits.</summary>
    public bool IsResource => Array.Exists(OfKind, test => test is
        { Property: PropertyIds.Category, Kind: PredicateKind.Equal, Value: Kinds.Resource });

    /// <summary>The predicate by which it is looked up; null where the kind is all it requires.</summary>
    public ClassPredicate? Access { get; }

    /// <summary>How many vertices are in it now.</summary>
    public int Live { get; set; }

    /// <summary>The clauses that need a vertex of it.</summary>
    public List<CompiledClause> Clauses { get; } = [];

    /// <summary>Where it can stand in clauses that can match at present.</summary>
    public RoleList<VertexRole> Roles { get; } = new();

    /// <summary>The relations that start at it, in clauses that can match at present, by label.</summary>
    public List<KeyValuePair<int, RoleList<EdgeRole>>> Outgoing { get; } = [];

    /// <summary>The negated relations that a vertex of it violates.</summary>
    public List<Watch> Watches { get; } = [];

    /// <summary>Whether an action may read a property of its vertices.</summary>
    public bool IsRead { get; set; }

    /// <summary>The members, kept only where a clause starts from all of them.</summary>
    public HashSet<int>? Members { get; set; }

    /// <summary>The relations of a label that start at it, or null.</summary>
    public RoleList<EdgeRole>? Starting(int label)
    {
        foreach (var pair in Outgoing)
        {
            if (pair.Key == label)
            {
                return pair.Value;
            }
        }

        return null;
    }
}
