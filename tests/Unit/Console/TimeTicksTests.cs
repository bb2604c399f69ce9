using Ops.Console.Charts;
using Xunit;

namespace Ops.Unit.Console;

public sealed class TimeTicksTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void An_hour_is_marked_at_round_minutes_of_the_viewers_day() =>
        Assert.Equal(
            ["12:10", "12:20", "12:30", "12:40", "12:50", "13:00"],
            Labels(Some.Now.AddMinutes(-57), Some.Now.AddMinutes(3), 7, Berlin));

    [Fact]
    public void A_midnight_bears_the_date()
    {
        var ticks = TimeTicks.Over(Some.Now.AddHours(-24), Some.Now, 9, Berlin);

        Assert.Equal(
            ["15:00", "18:00", "21:00", "10 Mar", "03:00", "06:00", "09:00", "12:00"],
            ticks.Select(tick => tick.Label));
        Assert.Equal([3], ticks.Index().Where(tick => tick.Item.NewDay).Select(tick => tick.Index));
    }

    [Fact]
    public void A_quarter_is_marked_every_two_minutes() =>
        Assert.Equal(
            ["11:46", "11:48", "11:50", "11:52", "11:54", "11:56", "11:58"],
            Labels(Some.Now.AddMinutes(-15).AddSeconds(10), Some.Now, 8, TimeZoneInfo.Utc));

    [Fact]
    public void The_hour_that_summer_time_leaps_over_has_no_mark()
    {
        var leap = new DateTimeOffset(2026, 3, 29, 0, 30, 0, TimeSpan.Zero);

        Assert.Equal(["03:00", "04:00"], Labels(leap, leap.AddHours(2), 3, Berlin));
    }

    [Fact]
    public void A_range_without_length_has_no_marks() => Assert.Empty(TimeTicks.Over(Some.Now, Some.Now, 5, Berlin));

    private static IEnumerable<string> Labels(
        DateTimeOffset from, DateTimeOffset to, int countMax, TimeZoneInfo zone) =>
        TimeTicks.Over(from, to, countMax, zone).Select(tick => tick.Label);
}
