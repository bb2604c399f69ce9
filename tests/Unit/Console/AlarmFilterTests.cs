using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class AlarmFilterTests
{
    [Fact]
    public void What_burns_comes_first_then_the_worst_then_the_newest() =>
        Assert.Equal(["3", "2", "1", "0"], AlarmFilter.Of(
        [
            Some.Alarm("0", severity: "CRITICAL") with { State = "ok" }, Some.Alarm("1", minutesAgo: 9),
            Some.Alarm("2"),
            Some.Alarm("3", severity: "CRITICAL", minutesAgo: 50),
        ], "").Select(alarm => alarm.Id));

    [Theory]
    [InlineData("DB", 1)]
    [InlineData("gone db", 1)]
    [InlineData("gone", 2)]
    [InlineData("atlas/service/web", 1)]
    [InlineData("because", 2)]
    [InlineData("gone nowhere", 0)]
    public void An_alarm_must_bear_every_word_in_any_case(string words, int count) =>
        Assert.Equal(count, AlarmFilter.Of([Some.Alarm("1"), Some.Alarm("2", resource: "web")], words).Count);
}
