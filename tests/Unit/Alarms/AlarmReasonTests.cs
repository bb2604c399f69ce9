using Ops.Alarms;
using Ops.Alarms.Evaluation;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmReasonTests
{
    [Theory]
    [InlineData(85, "85.0")]
    [InlineData(85.25, "85.25")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e22, "1E+22")]
    public void The_most_recent_value_is_written_exactly(double value, string text) =>
        Assert.Equal(text, ReasonText.Exact(value));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(60, "1m")]
    [InlineData(5400, "1h30m")]
    [InlineData(86_400, "1d")]
    [InlineData(0.25, "250ms")]
    public void A_duration_is_written_as_rules_write_it(double seconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("mean", 1234.56789, "m mean 1234.568 B > 0.1 B")]
    [InlineData("count", 1, "m count 1 > 0.1 for")]
    [InlineData("max", 2e15, "m max 2E+15 B > 0.1 B")]
    public void A_value_stands_with_its_unit(string statistic, double value, string start)
    {
        var bench = new AlarmBench($"  - {{name: a, meter: m, when: '> 0.1', statistic: {statistic}, window: 10s}}");
        bench.Send(0, value, context: new SampleContext { Unit = "B" });
        bench.At(20);

        Assert.StartsWith(start, bench.Sink.Last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_values_are_counted()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 10s, periods: 3}");
        foreach (var second in new[] { 0, 10, 20, 30 })
        {
            bench.Send(second, 5);
        }

        Assert.Equal("alarm", bench.Sink.States);
        bench.Send(60, 5);
        bench.Send(70, 5);

        Assert.Equal("m mean: 2 of 3 values (1 datapoints are unknown)", bench.Sink.Last.Reason);
    }

    [Fact]
    public void A_view_shows_every_alarm_with_those_that_fire_first()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 0, severity: major}");
        bench.Send(0, 5, "r1", context: new SampleContext());
        bench.Send(1, 0, "r2");

        var alarms = bench.Evaluator.Alarms();
        Assert.Equal(["r1 alarm", "r2 ok"], alarms.Select(alarm => $"{alarm.Resource.Id} {alarm.State}"));
        Assert.Equal(("a", "ops", "MAJOR"), (alarms[0].Name, alarms[0].Type, alarms[0].Severity));
        Assert.False(alarms[0].Deduced);
        Assert.Equal(new ResourceView("resource", "r1", null), alarms[0].Resource);
        Assert.Equal(AlarmBench.Start, alarms[0].Since);
        var counts = bench.Evaluator.Counts;
        Assert.Equal((1, 2, 1), (counts.Firing, counts.Alarms, counts.Rules));
    }
}
