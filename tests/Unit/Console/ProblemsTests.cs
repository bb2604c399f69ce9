using Ops.Console.Overview;
using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ProblemsTests
{
    [Fact]
    public void No_alarms_make_no_problem() => Assert.Empty(Problems.From([]));

    [Fact]
    public void A_chain_is_one_problem_with_its_root_first_and_its_impact_beneath()
    {
        var problem = Assert.Single(Problems.From(
        [
            Some.Alarm("web", causes: "api"), Some.Alarm("api", causes: "db"), Some.Alarm("db", severity: "CRITICAL"),
        ]));

        Assert.Equal(["db"], problem.Roots.Select(root => root.Id));
        Assert.Equal(
            [("api", 1, "db"), ("web", 2, "api")], problem.Impact.Select(one => (one.Alarm.Id, one.Depth, one.By.Id)));
        Assert.Equal(Severity.Critical, problem.Severity);
    }

    [Fact]
    public void Alarms_that_nothing_connects_are_problems_of_their_own_worst_first_then_newest() =>
        Assert.Equal(
            ["c", "b", "a"],
            Problems.From(
                [Some.Alarm("a", minutesAgo: 9), Some.Alarm("b"),
                    Some.Alarm("c", severity: "CRITICAL", minutesAgo: 20)])
                .Select(problem => problem.Roots[0].Id));

    [Fact]
    public void An_effect_of_two_causes_joins_them_and_stands_once()
    {
        var problem = Assert.Single(Problems.From(
            [Some.Alarm("a"), Some.Alarm("b", severity: "CRITICAL"), Some.Alarm("both", causes: ["a", "b"])]));

        Assert.Equal(["b", "a"], problem.Roots.Select(root => root.Id));
        Assert.Equal("b", Assert.Single(problem.Impact).By.Id);
    }

    [Fact]
    public void A_circle_has_its_oldest_alarm_as_the_root()
    {
        var problem = Assert.Single(Problems.From(
            [Some.Alarm("a", minutesAgo: 1, causes: "b"), Some.Alarm("b", minutesAgo: 5, causes: "a")]));

        Assert.Equal("b", Assert.Single(problem.Roots).Id);
        Assert.Equal("a", Assert.Single(problem.Impact).Alarm.Id);
    }

    [Fact]
    public void A_cause_that_is_not_live_makes_its_effect_a_root()
    {
        var cleared = Some.Alarm("gone") with { State = "ok" };

        var problem = Assert.Single(Problems.From([cleared, Some.Alarm("left", causes: "gone")]));

        Assert.Equal("left", Assert.Single(problem.Roots).Id);
        Assert.Empty(problem.Impact);
    }

    [Fact]
    public void A_thousand_alarms_in_one_chain_are_placed_once_each()
    {
        var chain = Enumerable.Range(0, 1000)
            .Select(index => index == 0 ? Some.Alarm("0") : Some.Alarm($"{index}", causes: $"{index - 1}"));

        Assert.Equal(999, Assert.Single(Problems.From([.. chain])).Impact.Count);
    }
}
