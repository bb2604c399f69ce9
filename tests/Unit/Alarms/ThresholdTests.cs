using Ops.Alarms.Rules;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData("> 90", 90.1, 90)]
    [InlineData(">= 90", 90, 89.9)]
    [InlineData("<1", 0, 1)]
    [InlineData("<= -1e3", -1000, -999)]
    [InlineData("== 0", 0, 0.1)]
    [InlineData("!= 0", 0.1, 0)]
    public void A_value_on_the_far_side_breaches(string text, double outside, double inside)
    {
        Assert.True(Threshold.TryParse(text, out var threshold));
        Assert.True(threshold.IsBreachedBy(outside));
        Assert.False(threshold.IsBreachedBy(inside));
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("=> 90")]
    [InlineData("> ")]
    [InlineData("> NaN")]
    [InlineData("> 1 2")]
    [InlineData(null)]
    public void Anything_else_is_not_a_threshold(string? text) => Assert.False(Threshold.TryParse(text, out _));

    [Theory]
    [InlineData("p49", false)]
    [InlineData("p50", true)]
    [InlineData("p99", true)]
    [InlineData("p+9", false)]
    [InlineData("mean", true)]
    [InlineData("Mean", false)]
    public void A_statistic_is_one_of_the_words(string word, bool known) =>
        Assert.Equal(known, Statistic.TryParse(word, out _));
}
