using Ops.Alarms.Evaluation;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class VerdictsTests
{
    [Fact]
    public void Only_the_newest_values_are_judged()
    {
        var verdicts = new Verdicts();
        foreach (var outside in new[] { true, true, false, true })
        {
            verdicts.Add(1, outside, lookBack: 4);
        }

        Assert.Equal((3, 2), verdicts.Newest(3));
        Assert.Equal((4, 3), verdicts.Newest(4));
    }

    [Fact]
    public void A_gap_of_one_window_is_bridged_and_one_of_two_is_not()
    {
        var verdicts = new Verdicts();
        verdicts.Add(1, true, lookBack: 4);
        verdicts.Add(1, true, lookBack: 4);
        verdicts.Add(2, true, lookBack: 4);
        Assert.Equal((3, 3), verdicts.Newest(3));

        verdicts.Add(3, true, lookBack: 4);
        Assert.Equal((2, 2), verdicts.Newest(3));
    }

    [Fact]
    public void A_very_long_gap_forgets_everything()
    {
        var verdicts = new Verdicts();
        verdicts.Add(1, true, lookBack: 101);
        verdicts.Add(1_000_000, true, lookBack: 101);

        Assert.Equal((1, 1), verdicts.Newest(100));
    }

    [Fact]
    public void A_hundred_periods_are_remembered()
    {
        var verdicts = new Verdicts();
        for (var window = 0; window < 150; window++)
        {
            verdicts.Add(1, window % 2 == 0, lookBack: 101);
        }

        Assert.Equal((100, 50), verdicts.Newest(100));
    }
}
