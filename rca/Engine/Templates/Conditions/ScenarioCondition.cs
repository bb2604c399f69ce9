using System.Collections.Immutable;
using Ops.Rca.Templates.Reading;

namespace Ops.Rca.Templates.Conditions;

/// <summary>A condition that was read: its alternatives and what they share.</summary>
internal sealed class ScenarioCondition
{
    private readonly List<ImmutableArray<Literal>> _alternatives;
    private readonly Vocabulary _vocabulary;

    public ScenarioCondition(string text, List<ImmutableArray<Literal>> alternatives, Vocabulary vocabulary)
    {
        Text = text;
        _alternatives = alternatives;
        _vocabulary = vocabulary;
        Common = SharedEntities();
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The positive entities that all alternatives share, in order of the condition.</summary>
    public ImmutableArray<string> Common { get; }

    /// <summary>Whether any alternative demands that something is there.</summary>
    public bool IsPositive => _alternatives.Exists(clause => clause.Any(literal => !literal.IsNegated));

    /// <summary>The negated terms that are no relation.</summary>
    public IEnumerable<Term> NegatedEntities => _alternatives
        .SelectMany(clause => clause)
        .Where(literal => literal.IsNegated && literal.Term.Label is null
            && !_vocabulary.Relations.ContainsKey(literal.Term.Name))
        .Select(literal => literal.Term)
        .Distinct();

    /// <summary>The alternatives with their entities. All names must be known.</summary>
    public ImmutableArray<Clause> Clauses() => [.. _alternatives.Select(ToClause)];

    private Clause ToClause(ImmutableArray<Literal> literals)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var entities = new List<ClauseEntity>();
        var relations = ImmutableArray.CreateBuilder<ClauseRelation>();
        foreach (var literal in literals)
        {
            var (source, label, target) = Resolve(literal.Term);
            var number = Number(source);
            if (label is not null)
            {
                relations.Add(new ClauseRelation(number, label, Number(target!), literal.IsNegated));
            }
            else
            {
                entities[number] = entities[number] with { IsNamedAlone = true };
            }
        }

        return new Clause { Entities = [.. entities], Relations = relations.ToImmutable() };

        int Number(string id)
        {
            if (!numbers.TryGetValue(id, out var number))
            {
                numbers.Add(id, number = entities.Count);
                entities.Add(new ClauseEntity(id, _vocabulary.Entities[id].Predicates));
            }

            return number;
        }
    }

    private ImmutableArray<string> SharedEntities()
    {
        List<string>? shared = null;
        foreach (var clause in _alternatives)
        {
            var named = new List<string>();
            foreach (var literal in clause.Where(literal => !literal.IsNegated))
            {
                var (source, _, target) = Resolve(literal.Term);
                named.Add(source);
                if (target is not null)
                {
                    named.Add(target);
                }
            }

            var names = named.ToHashSet(StringComparer.Ordinal);
            shared = shared is null ? [.. named.Distinct()] : shared.FindAll(names.Contains);
        }

        return [.. shared ?? []];
    }

    private (string Source, string? Label, string? Target) Resolve(Term term) =>
        term.Label is null && _vocabulary.Relations.TryGetValue(term.Name, out var relation)
            ? (relation.Source, relation.Label, relation.Target)
            : (term.Name, term.Label, term.Target);
}
