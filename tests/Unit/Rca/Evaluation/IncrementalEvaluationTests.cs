using CsCheck;
using Ops.Rca.Evaluation;
using Ops.Rca.Evaluation.Rules;
using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Evaluation;

public sealed class IncrementalEvaluationTests
{
    private const int Worlds = 150;
    private const int Steps = 40;

    [Fact]
    public void What_changes_step_by_step_is_what_would_be_found_from_scratch() => Gen.Int.Sample(
        seed =>
        {
            var (world, reasoner, templates) = Start(seed);
            for (var step = 0; step < Steps; step++)
            {
                Line(reasoner, step, () => world.Step(reasoner));
                Same(reasoner, templates, $"seed {seed} step {step}");
            }
        },
        iter: Worlds, threads: 1);

    [Fact]
    public void A_template_that_comes_and_goes_leaves_everything_as_it_was() => Gen.Int.Sample(
        seed =>
        {
            var (world, reasoner, templates) = Start(seed);
            for (var step = 0; step < Steps; step++)
            {
                Line(reasoner, step, () => world.Step(reasoner));
            }

            var before = NaiveEvaluation.Describe(reasoner);
            var extra = world.Template("extra");
            if (reasoner.Check([extra]).Count > 0)
            {
                return;
            }

            Line(reasoner, Steps, () => reasoner.Add([extra]));
            Same(reasoner, [.. templates, extra], $"seed {seed} with the template");
            Line(reasoner, Steps + 1, () => reasoner.Remove("extra"));
            Assert.Equal(before, NaiveEvaluation.Describe(reasoner));
        },
        iter: Worlds, threads: 1);

    [Fact]
    public void An_alarm_that_comes_and_goes_leaves_everything_as_it_was() => Gen.Int.Sample(
        seed =>
        {
            var (world, reasoner, _) = Start(seed);
            for (var step = 0; step < Steps; step++)
            {
                Line(reasoner, step, () => world.Step(reasoner));
                var before = NaiveEvaluation.Describe(reasoner);
                var alarm = world.Alarm(reasoner);
                if (reasoner.Intake.Find(alarm) is >= 0 and var known && reasoner.Graph.Vertices[known].IsLive)
                {
                    continue;
                }

                Line(reasoner, step, () => world.Raise(reasoner, alarm));
                Line(reasoner, step, () => reasoner.Intake.Delete(alarm, reasoner.NowTicks));
                Assert.Equal(before, NaiveEvaluation.Describe(reasoner));
            }
        },
        iter: Worlds, threads: 1);

    private static (RandomWorld World, Reasoner Reasoner, IReadOnlyList<Template> Templates) Start(int seed)
    {
        var world = new RandomWorld(seed);
        var reasoner = new Reasoner(Rig.Values);
        var templates = new List<Template>();
        foreach (var template in world.Templates())
        {
            if (reasoner.Check([template]).Count == 0)
            {
                Line(reasoner, 0, () => reasoner.Add([template]));
                templates.Add(template);
            }
        }

        return (world, reasoner, templates);
    }

    private static void Line(Reasoner reasoner, int step, Action change)
    {
        reasoner.Begin(step * TimeSpan.TicksPerSecond);
        change();
        reasoner.Settle(new SilentSink());
    }

    private static void Same(Reasoner reasoner, IReadOnlyList<Template> templates, string where)
    {
        var scratch = new NaiveEvaluation(reasoner, templates, RandomWorld.Ranks).Describe();
        var incremental = NaiveEvaluation.Describe(reasoner);
        if (scratch != incremental)
        {
            Assert.Fail($"{where}\nfrom scratch:\n{scratch}\nincremental:\n{incremental}\n"
                + string.Join('\n', templates.SelectMany(Describe)));
        }
    }

    private static IEnumerable<string> Describe(Template template) =>
        from scenario in template.Scenarios
        from clause in scenario.Clauses
        let entities = clause.Entities.Select(entity =>
            $"{entity.Id}{{{string.Join(",", entity.Predicates.Select(test => test.Value))}}}")
        let relations = clause.Relations.Select(relation => (relation.Negated ? "NOT " : "")
            + $"{clause.Entities[relation.Source].Id} [{relation.Label}] {clause.Entities[relation.Target].Id}")
        select $"{template.Name}/{scenario.Index}: {string.Join(" ", entities)}: {string.Join(" AND ", relations)} => "
            + string.Join(", ", scenario.Actions);
}
