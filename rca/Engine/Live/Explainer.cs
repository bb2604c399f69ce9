using Ops.Model;
using Ops.Rca.Evaluation;
using Ops.Rca.Graph;

namespace Ops.Rca.Live;

/// <summary>
/// Finds the matches that hold an alarm up, by running its clauses backwards from the alarm's target: nothing is stored
/// for each match, and the answer is that of the graph as it is.
/// </summary>
internal sealed class Explainer : IMatchSink
{
    /// <summary>The most derivations that an answer lists.</summary>
    public const int DerivationsMax = 20;

    private readonly Reasoner _reasoner;
    private readonly Matcher _matcher;
    private readonly List<(CompiledClause Clause, int[] Bound)> _found = [];
    private AlarmFact _fact = null!;

    public Explainer(Reasoner reasoner)
    {
        _reasoner = reasoner;
        _matcher = new Matcher(reasoner.Graph, reasoner.Classes, this);
    }

    /// <summary>The derivations of an alarm.</summary>
    public List<DerivationView> Derivations(AlarmFact fact)
    {
        var derivations = new List<DerivationView>();
        foreach (var (clause, bound) in Find(fact))
        {
            var matched = bound.Select((vertex, place) => Matched(clause.Ids[place], vertex)).ToList();
            derivations.Add(new DerivationView(
                clause.Scenario.Template, clause.Scenario.Source.Index, clause.Scenario.Source.Condition,
                Since(fact, clause.Scenario), matched));
        }

        return derivations;
    }

    /// <summary>Why an alarm was deduced, in one sentence.</summary>
    public string Sentence(AlarmFact fact)
    {
        var found = Find(fact);
        if (found.Count == 0)
        {
            return "what it was deduced from is gone";
        }

        var (clause, bound) = found[0];
        var parts = clause.Edges.Select(edge => Phrase(bound[edge.Source], edge.Label, bound[edge.Target]))
            .Concat(clause.Source.Relations.Where(relation => relation.Negated).Select(relation =>
                $"not {clause.Source.Entities[relation.Source].Id} {relation.Label} "
                + clause.Source.Entities[relation.Target].Id))
            .ToList();
        if (parts.Count == 0)
        {
            parts.Add($"{NameOf(bound[0])} is {StateOf(bound[0])}");
        }

        var more = Because.Of(fact).Count > 1 ? $" and {Because.Of(fact).Count - 1} more" : "";
        return $"{string.Join("; ", parts)} "
            + $"(template {clause.Scenario.Template}, scenario {clause.Scenario.Source.Index}{more})";
    }

    /// <inheritdoc/>
    public void Matched(CompiledClause clause, int[] bound, int sign)
    {
        if (_found.Count < DerivationsMax && Array.Exists(clause.Actions, action => Raises(action, bound)))
        {
            _found.Add((clause, bound.AsSpan(0, clause.Classes.Length).ToArray()));
        }
    }

    private List<(CompiledClause Clause, int[] Bound)> Find(AlarmFact fact)
    {
        _fact = fact;
        _found.Clear();
        foreach (var clause in Because.Of(fact).SelectMany(scenario => scenario.Clauses))
        {
            foreach (var place in clause.Actions.Where(action => action.Action.Kind == ActionKind.RaiseAlarm)
                .Select(action => action.Target).Distinct())
            {
                _matcher.FromVertex(clause, place, fact.Target, +1);
            }
        }

        return _found;
    }

    private bool Raises(ClauseAction action, int[] bound)
    {
        if (action.Action.Kind != ActionKind.RaiseAlarm || bound[action.Target] != _fact.Target)
        {
            return false;
        }

        return action.Text.Place < 0
            ? action.Text.Symbol == _fact.Name
            : _reasoner.Graph.Text(_reasoner.Graph.Vertices[bound[action.Text.Place]], action.Text.Property)
                == _reasoner.Facts.Words[_fact.Name];
    }

    private string Phrase(int source, int label, int target)
    {
        var word = _reasoner.Graph.Labels[label];
        return word switch
        {
            EntityGraph.OnLabel when _reasoner.Graph.Kinds[_reasoner.Graph.Vertices[source].Kind].IsAlarm =>
                $"{NameOf(source)} on {NameOf(target)}",
            EntityGraph.OnLabel => $"{NameOf(source)} lies on {NameOf(target)}",
            "connects" => $"{NameOf(source)} connects to {NameOf(target)}",
            "attached" => $"{NameOf(source)} is attached to {NameOf(target)}",
            _ => $"{NameOf(source)} {word} {NameOf(target)}",
        };
    }

    private MatchedView Matched(string id, int vertex)
    {
        ref var cold = ref _reasoner.Graph.Vertices[vertex];
        var kind = _reasoner.Graph.Kinds[cold.Kind];
        return new MatchedView(id, kind.Category, kind.Type, cold.Id, cold.Name);
    }

    private static DateTimeOffset Since(AlarmFact fact, CompiledScenario scenario)
    {
        var since = long.MaxValue;
        foreach (ref readonly var support in fact.Supports)
        {
            if (support.Count > 0 && ReferenceEquals(support.Action.Scenario, scenario))
            {
                since = Math.Min(since, support.SinceTicks);
            }
        }

        return new DateTimeOffset(since, TimeSpan.Zero);
    }

    private string NameOf(int vertex) => _reasoner.Graph.Vertices[vertex].Name ?? _reasoner.Graph.Vertices[vertex].Id;

    private string StateOf(int vertex) => _reasoner.Graph.Vertices[vertex].Aggregated?.Upper ?? "there";
}
