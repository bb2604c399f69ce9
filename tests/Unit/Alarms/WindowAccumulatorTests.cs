using Ops.Alarms.Evaluation;
using Ops.Alarms.Rules;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class WindowAccumulatorTests
{
    [Theory]
    [InlineData("mean", 4)]
    [InlineData("min", 1)]
    [InlineData("max", 9)]
    [InlineData("sum", 16)]
    [InlineData("count", 4)]
    [InlineData("last", 4)]
    [InlineData("p50", 3)]
    [InlineData("p75", 5.25)]
    public void A_window_becomes_one_value(string word, double value) =>
        Assert.Equal(value, Value(word, MeterKind.Gauge, (1, 1), (2, 9), (3, 2), (4, 4)), 12);

    [Fact]
    public void The_last_is_the_newest_by_its_own_time() =>
        Assert.Equal(9, Value("last", MeterKind.Gauge, (1, 1), (3, 9), (2, 5)));

    [Fact]
    public void A_window_without_samples_has_no_value() => Assert.True(double.IsNaN(Value("mean", MeterKind.Gauge)));

    [Fact]
    public void A_rate_needs_two_samples() => Assert.True(double.IsNaN(Value("rate", MeterKind.Cumulative, (1, 5))));

    [Fact]
    public void A_gauge_may_fall_by_the_second() =>
        Assert.Equal(-2, Value("rate", MeterKind.Gauge, (0, 10), (2, 8), (4, 2)));

    [Fact]
    public void A_counter_that_fell_counts_from_zero() =>
        Assert.Equal((10 + 3) / 4.0, Value("rate", MeterKind.Cumulative, (0, 100), (2, 110), (4, 3)));

    [Fact]
    public void The_volume_of_a_delta_is_its_growth() =>
        Assert.Equal((5 + 7) / 4.0, Value("rate", MeterKind.Delta, (0, 3), (2, 5), (4, 7)));

    [Fact]
    public void A_rate_goes_on_from_the_window_before()
    {
        Assert.True(Statistic.TryParse("rate", out var rate));
        var window = new WindowAccumulator(rate);
        window.Open();
        window.Add(0, 100, MeterKind.Cumulative);
        window.Open();
        window.Add(10_000_000_000, 150, MeterKind.Cumulative);

        Assert.Equal(5, window.Value());
    }

    [Fact]
    public void A_percentile_of_very_many_values_is_estimated_in_bounded_room()
    {
        var values = new PercentileBuffer();
        for (var value = 0; value < 100_000; value++)
        {
            values.Add(value);
        }

        Assert.InRange(values.Value(90), 88_000, 92_000);
    }

    private static double Value(string word, MeterKind kind, params (int Second, double Value)[] samples)
    {
        Assert.True(Statistic.TryParse(word, out var statistic));
        var window = new WindowAccumulator(statistic);
        window.Open();
        foreach (var (second, value) in samples)
        {
            window.Add(second * 1_000_000_000L, value, kind);
        }

        return window.Value();
    }
}
