using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Evaluation.Strata;
using Ops.Rca.Graph;
using Ops.Rca.StateValues;
using Ops.Rca.Templates;

namespace Ops.Rca.Evaluation;

/// <summary>
/// The entity graph with the templates in force: takes one line of input at a time and settles it. Not safe for
/// concurrent use.
/// </summary>
/// <remarks>A line is <see cref="Begin"/>, any number of changes, then <see cref="Settle"/>.</remarks>
internal sealed class Reasoner
{
    private readonly Journal _journal;
    private readonly Settler _settler;

    public Reasoner(StateValueSet values)
    {
        Classes = new ClassTable(Graph);
        _journal = new Journal(Graph);
        Facts = new FactStore(Graph);
        Readings = new Readings(Graph, Facts.Words);
        Readings.Use(values);
        _settler = new Settler(Graph, Classes, Facts, _journal, Readings);
        Intake = new Intake(Graph, _settler.Changes, Facts, _journal, Readings);
        Rules = new RuleSet(Graph, Classes, Facts.Words, _settler.Changes);
    }

    public EntityGraph Graph { get; } = new();

    public ClassTable Classes { get; }

    public FactStore Facts { get; }

    public Readings Readings { get; }

    public Intake Intake { get; }

    public RuleSet Rules { get; }

    /// <summary>Matches that came or went so far.</summary>
    public long Matches => _settler.Matches;

    /// <summary>The time of the current line, in ticks UTC.</summary>
    public long NowTicks => _journal.NowTicks;

    /// <summary>Live vertices, deduced alarms among them.</summary>
    public int Vertices => Intake.Vertices + Facts.Alarms.Count;

    /// <summary>Starts a line.</summary>
    public void Begin(long nowTicks) => _journal.Begin(nowTicks);

    /// <summary>Settles what the line changed, and tells the net change.</summary>
    /// <param name="sink">Who is told.</param>
    /// <param name="told">Called after that, before what is gone loses its vertices.</param>
    public void Settle(IChangeSink sink, Action? told = null)
    {
        _settler.Settle();
        _journal.Tell(sink);
        told?.Invoke();
        _settler.Sweep();
    }

    /// <summary>Why templates cannot be in force together with those that are; empty where they can.</summary>
    public IReadOnlyList<RuleFault> Check(IReadOnlyList<Template> added)
    {
        var faults = new List<RuleFault>();
        foreach (var template in added)
        {
            if (Rules.Find(template.Name) is not null || added.Count(other => other.Name == template.Name) > 1)
            {
                faults.Add(new RuleFault(template.Name, "another template in force has the same name"));
            }
        }

        return faults.Count > 0
            ? faults
            : Check([.. Rules.Templates.Select(template => template.Source), .. added], Readings.Values);
    }

    /// <summary>Why a set of templates, each right by itself, could oscillate; empty where it cannot.</summary>
    public static IReadOnlyList<RuleFault> Check(IReadOnlyList<Template> templates, StateValueSet values)
    {
        var faults = templates.SelectMany(RuleCompiler.Faults).ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        var graph = new EntityGraph();
        var compiler = new RuleCompiler(graph, new ClassTable(graph), new Symbols());
        return new Stratification(graph, values, templates.Select(compiler.Compile)).Faults();
    }

    /// <summary>Puts templates in force, within a line; the caller has checked them.</summary>
    public void Add(IReadOnlyList<Template> templates) =>
        Rules.Add(templates, () => new Stratification(Graph, Readings.Values, Rules.Templates).Apply());

    /// <summary>Takes a template out of force, within a line. False where there is none of that name.</summary>
    public bool Remove(string name)
    {
        if (Rules.Find(name) is not { } template)
        {
            return false;
        }

        Rules.Remove(template);
        return true;
    }

    /// <summary>Puts other state values in force, within a line.</summary>
    public void Use(StateValueSet values)
    {
        Readings.Use(values);
        Intake.ReadAnew();
        _settler.LookAgain();
        new Stratification(Graph, values, Rules.Templates).Apply();
    }
}
