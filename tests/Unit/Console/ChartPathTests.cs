using Ops.Console.Charts;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Console;

public sealed class ChartPathTests
{
    [Fact]
    public void The_pen_is_lifted_over_a_gap_and_a_lone_point_is_a_dash() =>
        Assert.Equal("M0 0L100 0M500 0h1M900 0L1000 0", Draw(0, 1, 5, 9, 10));

    [Fact]
    public void The_pen_is_lifted_over_what_is_no_number()
    {
        PointView[] points = [new(At(0), 1), new(At(1), double.NaN), new(At(2), 1)];

        Assert.Equal("M0 0h1M200 0h1", ChartPath.Of(points, X, _ => 0, TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void No_points_make_no_path() => Assert.Equal("", Draw());

    private static string Draw(params int[] minutes) =>
        ChartPath.Of([.. minutes.Select(minute => new PointView(At(minute), 1))], X, _ => 0, TimeSpan.FromMinutes(3));

    private static DateTimeOffset At(int minute) => Some.Now.AddMinutes(minute);

    private static double X(DateTimeOffset at) => (at - Some.Now).TotalMinutes / 10;
}
