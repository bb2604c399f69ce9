using Ops.Console.Charts;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ChartHoverTests
{
    private static readonly ChartFrame Frame = ChartFrame.Of(Some.Question("", [1, 2, 3], [30, 20, 10]));

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.86, -1)]
    [InlineData(0.0, -2)]
    public void The_nearest_instant_that_has_points_is_shown(double place, int minute) =>
        Assert.Equal(Some.Now.AddMinutes(minute), ChartHover.Find(Frame, place)!.At);

    [Fact]
    public void The_greatest_value_comes_first() =>
        Assert.Equal(
            [("line 1", 20), ("line 0", 2)],
            ChartHover.Find(Frame, 0.9)!.Values.Select(one => (one.Series.Name, one.Value)));

    [Fact]
    public void A_chart_without_points_shows_nothing() =>
        Assert.Null(ChartHover.Find(ChartFrame.Of(Some.Question("", [])), 0.5));

    [Theory]
    [InlineData(-1, true, 0)]
    [InlineData(-1, false, -2)]
    [InlineData(0, true, 0)]
    [InlineData(-2, false, -2)]
    public void A_step_goes_to_the_neighbour_and_stays_at_the_end(int from, bool right, int to) =>
        Assert.Equal(Some.Now.AddMinutes(to), ChartHover.Step(Frame, Some.Now.AddMinutes(from), right)!.At);

    [Fact]
    public void A_series_without_a_point_near_by_is_left_out()
    {
        var question = Some.Question("", [1, 2, 3, 4, 5, 6]) with { };
        var late = new ChartSeries("late", Some.Points(7), 1);
        var frame = ChartFrame.Of(question with { Series = [.. question.Series, late] });

        Assert.Equal(["line 0"], ChartHover.Find(frame, 0.5)!.Values.Select(one => one.Series.Name));
    }
}
