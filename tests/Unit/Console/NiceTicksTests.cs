using CsCheck;
using Ops.Console.Charts;
using Xunit;

namespace Ops.Unit.Console;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 43, new double[] { 0, 10, 20, 30, 40, 50 })]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(95.1, 95.4, new[] { 95.1, 95.2, 95.3, 95.4 })]
    [InlineData(-3, 7, new double[] { -4, -2, 0, 2, 4, 6, 8 })]
    [InlineData(0, 0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void Round_values_span_the_range(double min, double max, double[] ticks) =>
        Assert.Equal(ticks, NiceTicks.Over(min, max, 5).Select(tick => Math.Round(tick, 9)));

    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.11, 0.2)]
    [InlineData(3, 5)]
    [InlineData(7000, 10000)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 1)]
    public void A_step_is_1_2_or_5_times_a_power_of_ten(double width, double step) =>
        Assert.Equal(step, NiceTicks.Step(width), 9);

    [Fact]
    public void Ticks_ascend_cover_the_range_and_are_few() =>
        Gen.Select(Gen.Double[-1e12, 1e12], Gen.Double[0, 1e12]).Sample((min, span) =>
        {
            var ticks = NiceTicks.Over(min, min + span, 5);

            Assert.InRange(ticks.Count, 2, 12);
            var close = (Math.Abs(min) + span) * 1e-6;
            Assert.True(ticks[0] <= min + close && ticks[^1] >= min + span - close);
            Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        });

    [Fact]
    public void Nonsense_gives_the_axis_from_0_to_1() => Assert.Equal([0, 1], NiceTicks.Over(double.NaN, 3, 1));
}
