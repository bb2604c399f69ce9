using System.Collections.Immutable;

namespace Ops.Rca.Templates.Equivalences;

/// <summary>Gives the properties of the entities that an entity is equivalent to; empty where there are none.</summary>
internal delegate IReadOnlyList<ImmutableArray<PropertyPredicate>> EquivalentsOf(
    ImmutableArray<PropertyPredicate> entity);

/// <summary>Repeats the clauses of a scenario for equivalent entities.</summary>
/// <remarks>
/// An entity that must be there may be any of its equivalents: a clause for each combination. An entity that only
/// negations name may be none of them: a further negation for each, in the same clause.
/// </remarks>
internal static class EquivalentClauses
{
    /// <summary>
    /// The clauses, those as written first; null where they are more than <see cref="TemplateLimits.ClausesMax"/>.
    /// </summary>
    public static ImmutableArray<Clause>? Of(ImmutableArray<Clause> clauses, EquivalentsOf equivalents)
    {
        var all = new List<Clause>();
        foreach (var clause in clauses)
        {
            var variants = new List<Clause> { WithNegations(clause, equivalents) };
            for (var index = 0; index < clause.Entities.Length; index++)
            {
                var others = IsDemanded(clause, index) ? equivalents(clause.Entities[index].Predicates) : [];
                if ((long)variants.Count * (others.Count + 1) > TemplateLimits.ClausesMax)
                {
                    return null;
                }

                variants.AddRange(others
                    .SelectMany(_ => variants, (other, variant) => Replace(variant, index, other))
                    .ToList());
            }

            all.AddRange(variants);
            if (all.Count > TemplateLimits.ClausesMax)
            {
                return null;
            }
        }

        return [.. all];
    }

    private static bool IsDemanded(Clause clause, int entity) =>
        clause.Entities[entity].IsNamedAlone
        || clause.Relations.Any(relation =>
            !relation.Negated && (relation.Source == entity || relation.Target == entity));

    private static Clause Replace(Clause clause, int index, ImmutableArray<PropertyPredicate> predicates) =>
        clause with
        {
            Entities = clause.Entities.SetItem(index, clause.Entities[index] with { Predicates = predicates }),
        };

    private static Clause WithNegations(Clause clause, EquivalentsOf equivalents)
    {
        var entities = clause.Entities.ToBuilder();
        var relations = clause.Relations.ToBuilder();
        for (var index = 0; index < clause.Entities.Length; index++)
        {
            if (IsDemanded(clause, index))
            {
                continue;
            }

            var written = relations.Where(relation => relation.Source == index || relation.Target == index).ToList();
            foreach (var other in equivalents(clause.Entities[index].Predicates))
            {
                var number = entities.Count;
                entities.Add(new ClauseEntity($"{clause.Entities[index].Id}~{number}", other));
                relations.AddRange(written.Select(relation => relation with
                {
                    Source = relation.Source == index ? number : relation.Source,
                    Target = relation.Target == index ? number : relation.Target,
                }));
            }
        }

        return new Clause { Entities = entities.ToImmutable(), Relations = relations.ToImmutable() };
    }
}
