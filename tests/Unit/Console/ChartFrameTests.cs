using Ops.Console.Charts;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ChartFrameTests
{
    [Fact]
    public void An_axis_of_small_values_begins_at_zero()
    {
        var frame = ChartFrame.Of(Some.Question("%", [12, 43]));

        Assert.Equal((0, 50, "%"), (frame.Bottom, frame.Top, frame.Quantity.Symbol));
        Assert.Equal(["0", "10", "20", "30", "40", "50"], frame.ValueMarks.Select(mark => mark.Label));
        Assert.Equal((1, 0), (frame.ValueMarks[0].Place, frame.ValueMarks[^1].Place));
    }

    [Fact]
    public void An_axis_of_values_close_together_does_not()
    {
        var frame = ChartFrame.Of(Some.Question("%", [95.1, 95.4]));

        Assert.Equal(95.1, frame.Bottom, 6);
        Assert.Equal("95.1", frame.ValueMarks[0].Label);
    }

    [Fact]
    public void Bytes_are_marked_in_MiB()
    {
        var frame = ChartFrame.Of(Some.Question("B", [0, 230 * 1048576.0]));

        Assert.Equal("MiB", frame.Quantity.Symbol);
        Assert.Equal(["0", "50", "100", "150", "200", "250"], frame.ValueMarks.Select(mark => mark.Label));
    }

    [Fact]
    public void A_path_runs_from_edge_to_edge_on_the_square()
    {
        var question = new ChartQuestion(
            [new ChartSeries("a", [new(Some.Now.AddMinutes(-10), 0), new(Some.Now, 10)], 0)],
            Some.Now.AddMinutes(-10), Some.Now, "", TimeSpan.FromHours(1), TimeZoneInfo.Utc);

        var frame = ChartFrame.Of(question);

        Assert.Equal("M0 1000L1000 0", Assert.Single(frame.Paths));
        Assert.Equal("M0 1000L0 1000L1000 0L1000 1000Z", ChartPath.Area(frame));
    }

    [Fact]
    public void A_chart_without_points_still_has_axes()
    {
        var frame = ChartFrame.Of(Some.Question("B", []));

        Assert.False(frame.HasPoints);
        Assert.True(frame.ValueMarks.Count >= 2 && frame.TimeMarks.Count >= 2);
    }

    [Fact]
    public void Values_that_are_no_numbers_do_not_stretch_the_axis() =>
        Assert.Equal(10, ChartFrame.Of(Some.Question("", [double.NaN, 4, double.PositiveInfinity, 9])).Top);
}
