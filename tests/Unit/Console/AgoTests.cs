using Ops.Console.Words;
using Xunit;

namespace Ops.Unit.Console;

public sealed class AgoTests
{
    [Theory]
    [InlineData(-30, "just now")]
    [InlineData(0, "just now")]
    [InlineData(4, "just now")]
    [InlineData(42, "42 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(7300, "2 h ago")]
    [InlineData(5 * 86400, "5 d ago")]
    public void A_time_is_said_in_its_one_fitting_unit(int secondsAgo, string said) =>
        Assert.Equal(said, Ago.Say(Some.Now.AddSeconds(-secondsAgo), Some.Now));

    [Fact]
    public void The_exact_time_bears_its_offset() =>
        Assert.Equal("2026-03-10 13:00:00 +01:00", Ago.Exact(Some.Now.ToOffset(TimeSpan.FromHours(1))));
}
