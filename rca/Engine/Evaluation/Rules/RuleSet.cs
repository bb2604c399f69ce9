using Ops.Rca.Graph;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation.Rules;

/// <summary>The templates in force. Adding or removing one touches what that one deduces, and nothing else.</summary>
internal sealed class RuleSet(EntityGraph graph, ClassTable classes, Symbols words, GraphChanges changes)
{
    private readonly RuleCompiler _compiler = new(graph, classes, words);
    private readonly List<CompiledTemplate> _templates = [];

    /// <summary>The templates, in the order they came.</summary>
    public IReadOnlyList<CompiledTemplate> Templates => _templates;

    /// <summary>The template of that name, or null.</summary>
    public CompiledTemplate? Find(string name) => _templates.Find(template => template.Source.Name == name);

    /// <summary>
    /// Puts templates in force; their matches come, after <paramref name="ready"/> has ordered all actions.
    /// </summary>
    public void Add(IReadOnlyList<Template> templates, Action ready)
    {
        var knownClasses = classes.Count;
        var added = templates.Select(_compiler.Compile).ToList();
        var clauses = added.SelectMany(template => template.Clauses).ToList();
        var (members, watches) = Register(clauses, knownClasses);
        _templates.AddRange(added);
        Survey(knownClasses, members, watches);
        foreach (var clause in clauses)
        {
            clause.Missing = clause.Classes.Distinct().Count(it => it.Live == 0);
            if (clause.Missing == 0)
            {
                GraphChanges.SwitchOn(clause);
            }
        }

        ready();
        RunAll(clauses, +1);
    }

    /// <summary>Takes a template out of force; its matches go.</summary>
    public void Remove(CompiledTemplate template)
    {
        RunAll(template.Clauses, -1);
        foreach (var clause in template.Clauses)
        {
            if (clause.Missing == 0)
            {
                GraphChanges.SwitchOff(clause);
            }

            foreach (var vertexClass in clause.Classes.Distinct())
            {
                vertexClass.Clauses.Remove(clause);
            }

            foreach (var watch in clause.Watches)
            {
                if (--watch.Watch.Uses == 0)
                {
                    watch.Watch.Other.Watches.Remove(watch.Watch);
                }
            }
        }

        _templates.Remove(template);
    }

    /// <summary>
    /// Notes who uses what; returns the classes whose members are newly kept, and the watches that are new.
    /// </summary>
    private static (HashSet<VertexClass> Members, HashSet<Watch> Watches) Register(
        List<CompiledClause> clauses, int knownClasses)
    {
        var members = new HashSet<VertexClass>();
        var watches = new HashSet<Watch>();
        foreach (var clause in clauses)
        {
            for (var place = 0; place < clause.Classes.Length; place++)
            {
                clause.Classes[place].IsRead |= clause.Reads[place].Length > 0;
            }

            foreach (var vertexClass in clause.Classes.Distinct())
            {
                vertexClass.Clauses.Add(clause);
                if (!clause.IsConnected && vertexClass.Members is null)
                {
                    vertexClass.Members = [];
                    members.Add(vertexClass);
                }
            }

            foreach (var watch in clause.Watches)
            {
                // A watch on a class that is itself new is counted when vertices enter the class.
                if (watch.Watch.Uses++ == 0 && watch.Watch.Other.Number < knownClasses)
                {
                    watches.Add(watch.Watch);
                }
            }
        }

        members.RemoveWhere(vertexClass => vertexClass.Number >= knownClasses);
        return (members, watches);
    }

    /// <summary>Finds the vertices of what is new, in one pass over the graph.</summary>
    private void Survey(int knownClasses, HashSet<VertexClass> members, HashSet<Watch> watches)
    {
        if (classes.Count == knownClasses && members.Count == 0 && watches.Count == 0)
        {
            return;
        }

        for (var vertex = 0; vertex < graph.Vertices.Top; vertex++)
        {
            if (!graph.Vertices[vertex].IsLive)
            {
                continue;
            }

            var was = graph.Vertices.ClassSets[vertex];
            var becomes = classes.SetOf(graph.Vertices[vertex]);
            changes.Enlist(vertex, was, becomes);
            foreach (var vertexClass in members)
            {
                if (classes.Sets.Has(becomes, vertexClass.Number))
                {
                    vertexClass.Members!.Add(vertex);
                }
            }

            foreach (var watch in watches)
            {
                if (classes.Sets.Has(becomes, watch.Other.Number))
                {
                    changes.CountWatch(watch, vertex, +1);
                }
            }
        }
    }

    /// <summary>
    /// Finds all matches of clauses, starting from the rarest class of each, in one pass over the graph.
    /// </summary>
    private void RunAll(IReadOnlyList<CompiledClause> clauses, int sign)
    {
        var seeds = new Dictionary<int, List<(CompiledClause Clause, int Place)>>();
        foreach (var clause in clauses)
        {
            if (clause.Missing > 0)
            {
                continue;
            }

            var rarest = clause.Classes.MinBy(it => it.Live)!;
            if (!seeds.TryGetValue(rarest.Number, out var list))
            {
                seeds.Add(rarest.Number, list = []);
            }

            list.Add((clause, Array.IndexOf(clause.Classes, rarest)));
        }

        for (var vertex = 0; seeds.Count > 0 && vertex < graph.Vertices.Top; vertex++)
        {
            foreach (var number in classes.Sets[graph.Vertices.ClassSets[vertex]])
            {
                foreach (var (clause, place) in seeds.GetValueOrDefault(number, []))
                {
                    changes.RunPlace(clause, place, vertex, sign);
                }
            }
        }
    }
}
