using System.Collections.Immutable;

namespace Ops.Rca.Templates.Conditions;

/// <summary>A term as a clause holds it.</summary>
internal readonly record struct Literal(Term Term, bool IsNegated);

/// <summary>Multiplies a condition out into alternatives of terms that must all hold.</summary>
/// <remarks>Terms and alternatives keep the order of the condition; repeated ones are dropped. Contradictory
/// alternatives stay: they never match. At most <see cref="TemplateLimits.ClausesMax"/> alternatives.</remarks>
internal sealed class DisjunctiveForm
{
    private readonly Dictionary<(string, string?, string?), int> _numbers = [];
    private readonly List<Term> _terms = [];

    private DisjunctiveForm()
    {
    }

    /// <summary>The alternatives, or null where there are too many.</summary>
    public static List<ImmutableArray<Literal>>? Of(ConditionTree tree)
    {
        var form = new DisjunctiveForm();
        return form.Clauses(tree, false)?
            .Select(clause => clause
                .Select(code => new Literal(form._terms[code >> 1], (code & 1) == 1))
                .ToImmutableArray())
            .ToList();
    }

    private List<int[]>? Clauses(ConditionTree tree, bool negated) => tree switch
    {
        Term term => [[Code(term, negated)]],
        Negation negation => Clauses(negation.Inner, !negated),
        Conjunction all => negated ? Union(all.Parts, true) : Product(all.Parts, false),
        Disjunction any => negated ? Product(any.Parts, true) : Union(any.Parts, false),
        _ => throw new InvalidOperationException("an unknown kind of condition"),
    };

    private int Code(Term term, bool negated)
    {
        var key = (term.Name, term.Label, term.Target);
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers.Add(key, number = _terms.Count);
            _terms.Add(term);
        }

        return (number << 1) | (negated ? 1 : 0);
    }

    private List<int[]>? Union(ImmutableArray<ConditionTree> parts, bool negated)
    {
        var clauses = new ClauseList();
        foreach (var part in parts)
        {
            if (Clauses(part, negated) is not { } more || !more.TrueForAll(clauses.Add))
            {
                return null;
            }
        }

        return clauses.Items;
    }

    private List<int[]>? Product(ImmutableArray<ConditionTree> parts, bool negated)
    {
        var product = new ClauseList();
        product.Add([]);
        foreach (var part in parts)
        {
            if (Clauses(part, negated) is not { } factor)
            {
                return null;
            }

            var next = new ClauseList();
            foreach (var left in product.Items)
            {
                foreach (var right in factor)
                {
                    if (!next.Add([.. left, .. right.Where(code => Array.IndexOf(left, code) < 0)]))
                    {
                        return null;
                    }
                }
            }

            product = next;
        }

        return product.Items;
    }

    /// <summary>Alternatives without repeats, up to the limits.</summary>
    private sealed class ClauseList
    {
        private readonly HashSet<string> _seen = [];
        private int _tries;
        private int _literals;

        public List<int[]> Items { get; } = [];

        public bool Add(int[] clause)
        {
            if (++_tries > 16 * TemplateLimits.ClausesMax)
            {
                return false;
            }

            if (!_seen.Add(string.Join(' ', clause.Order())))
            {
                return true;
            }

            Items.Add(clause);
            _literals += clause.Length;
            return Items.Count <= TemplateLimits.ClausesMax && _literals <= TemplateLimits.LiteralsMax;
        }
    }
}
