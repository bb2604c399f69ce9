using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Rules;

/// <summary>Which entities of a clause a match binds, and in which places.</summary>
internal sealed class ClauseShape
{
    private readonly int[] _places;

    public ClauseShape(Scenario scenario, Clause clause)
    {
        var positive = new List<int>();
        for (var entity = 0; entity < clause.Entities.Length; entity++)
        {
            var (related, required) = (false, false);
            foreach (var relation in clause.Relations)
            {
                var takesPart = relation.Source == entity || relation.Target == entity;
                related |= takesPart;
                required |= takesPart && !relation.Negated;
            }

            var isNamed = clause.Entities[entity].IsNamedAlone
                || scenario.CommonEntities.Contains(clause.Entities[entity].Id);
            if (required || !related || isNamed)
            {
                positive.Add(entity);
            }
        }

        Positive = [.. positive];
        _places = new int[clause.Entities.Length];
        Array.Fill(_places, -1);
        for (var place = 0; place < Positive.Length; place++)
        {
            _places[Positive[place]] = place;
        }
    }

    /// <summary>The entities that a match binds, by place.</summary>
    public int[] Positive { get; }

    /// <summary>The place of an entity; -1 where it stands for "any such" in a negation.</summary>
    public int Place(int entity) => _places[entity];
}
