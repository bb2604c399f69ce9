using Ops.Console.Overview;
using Ops.Console.Words;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class SentencesTests
{
    [Fact]
    public void A_problem_without_impact_says_what_and_where() =>
        Assert.Equal("Service gone on db.", Say(Some.Alarm("1")));

    [Fact]
    public void A_problem_with_impact_says_who_suffers() =>
        Assert.Equal(
            "Service gone on db makes 2 others suffer: api and web.",
            Say(Some.Alarm("1"), Some.Alarm("2", resource: "api", causes: "1"),
                Some.Alarm("3", resource: "web", causes: "2")));

    [Fact]
    public void One_that_suffers_is_another() =>
        Assert.Equal(
            "Service gone on db makes another suffer: api.",
            Say(Some.Alarm("1"), Some.Alarm("2", resource: "api", causes: "1")));

    [Fact]
    public void A_root_that_suffers_itself_is_not_counted() =>
        Assert.Equal("Service gone on db.", Say(Some.Alarm("1"), Some.Alarm("2", name: "slow", causes: "1")));

    [Fact]
    public void Two_roots_are_said_together() =>
        Assert.Equal(
            "Service gone and disk full on db and sda make another suffer: api.",
            Say(Some.Alarm("1", minutesAgo: 5), Some.Alarm("2", name: "disk full", resource: "sda"),
                Some.Alarm("3", resource: "api", causes: ["1", "2"])));

    [Theory]
    [InlineData(1, "a")]
    [InlineData(2, "a and b")]
    [InlineData(4, "a, b, c and d")]
    [InlineData(6, "a, b, c and 3 more")]
    public void Names_in_a_row_are_cut_where_they_are_many(int count, string said) =>
        Assert.Equal(said, Sentences.Row([.. "abcdef".Take(count).Select(letter => letter.ToString())]));

    [Theory]
    [InlineData(0, "no alarms")]
    [InlineData(1, "1 alarm")]
    [InlineData(2000, "2,000 alarms")]
    public void A_count_agrees_with_its_noun(long count, string said) =>
        Assert.Equal(said, Sentences.Count(count, "alarm"));

    [Fact]
    public void The_head_line_counts_problems()
    {
        var problem = Problems.From([Some.Alarm("1")])[0];

        Assert.Equal("All is well", Sentences.HeadLine([]));
        Assert.Equal("One thing is wrong", Sentences.HeadLine([problem]));
        Assert.Equal("2 things are wrong", Sentences.HeadLine([problem, problem]));
    }

    [Fact]
    public void A_reason_in_a_list_does_without_its_brackets() =>
        Assert.Equal("up 0 < 1", Sentences.Reason(
            Some.Alarm("1") with { Reason = "up 0 < 1 (Transition to alarm due to 1 sample outside threshold)" }));

    private static string Say(params AlarmView[] alarms) => Sentences.Of(Assert.Single(Problems.From(alarms)));
}
