using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmWindowTests
{
    private const string NearlyFull =
        "  - {name: full, meter: m, when: '> 90', window: 1m, periods: 3, severity: critical, "
        + "labels: {team: a}, runbook: r}";

    private const string OneMinute = "  - {name: full, meter: m, when: '> 90', window: 1m}";

    [Fact]
    public void An_alarm_carries_its_numbers()
    {
        var bench = new AlarmBench(NearlyFull);
        bench.Send(10, 91);
        bench.Send(70, 94);
        bench.Send(130, 95);
        bench.Send(140, 95.4);
        Assert.Empty(bench.Sink.All);

        bench.Send(180, 10);

        var transition = Assert.Single(bench.Sink.All);
        Assert.Equal(
            "m mean 95.2 % > 90 % for 3 periods of 1m "
            + "(Transition to alarm due to 3 samples outside threshold, most recent: 95.2)",
            transition.Reason);
        Assert.Equal((AlarmState.InsufficientData, AlarmState.Alarm), (transition.From, transition.To));
        Assert.Equal(("full", "CRITICAL", "r1"), (transition.Rule, transition.Severity, transition.ResourceId));
        Assert.Equal(("filesystem", "/var"), (transition.ResourceType, transition.ResourceName));
        Assert.Equal((95.2, AlarmBench.Start.AddSeconds(180)), (transition.Value, transition.At));
        Assert.Equal((Tags.Of(("team", "a")), "r"), (transition.Labels, transition.Runbook));
    }

    [Fact]
    public void A_window_is_judged_with_the_first_sample_past_its_end()
    {
        var bench = new AlarmBench(OneMinute);
        bench.Send(30, 95);
        Assert.Empty(bench.Sink.All);

        bench.Send(60, 50);

        Assert.Equal("alarm", bench.Sink.States);
        Assert.Equal(AlarmBench.Start.AddSeconds(60), bench.Sink.Last.At);
    }

    [Fact]
    public void Without_a_further_sample_it_is_judged_at_its_end_and_five_seconds()
    {
        var bench = new AlarmBench(OneMinute);
        bench.Send(30, 95);
        bench.At(64);
        Assert.Empty(bench.Sink.All);

        bench.At(65);

        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void A_window_judged_by_the_timer_is_not_judged_again()
    {
        var bench = new AlarmBench(OneMinute);
        bench.Send(30, 95);
        bench.At(66);
        bench.SendStamped(50, 10);
        bench.Send(70, 95);
        bench.Send(125, 95);

        Assert.Equal("alarm", bench.Sink.States);
        Assert.Equal(1, bench.Evaluator.Counts.SamplesLate);
        Assert.Equal(2, bench.Evaluator.Counts.ValuesJudged);
    }

    [Fact]
    public void A_late_sample_counts_in_the_window_that_is_open()
    {
        var bench = new AlarmBench(OneMinute);
        bench.Send(50, 80);
        bench.SendStamped(10, 110);
        bench.Send(60, 0);

        Assert.Equal(95, bench.Sink.Last.Value);
    }

    [Fact]
    public void Mixed_values_keep_the_state()
    {
        var bench = new AlarmBench("  - {name: full, meter: m, when: '> 90', window: 1m, periods: 2}");
        bench.Send(0, 95);
        bench.Send(60, 95);
        bench.Send(120, 10);
        bench.Send(180, 95);
        bench.Send(240, 95);
        Assert.Equal("alarm", bench.Sink.States);

        bench.Send(300, 10);
        bench.Send(360, 10);
        bench.Send(420, 95);

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal(
            "m mean 10 % is not > 90 % for 2 periods of 1m "
            + "(Transition to ok due to 2 samples inside threshold, most recent: 10.0)",
            bench.Sink.Last.Reason);
    }

    [Theory]
    [InlineData(10, 95, "alarm")]
    [InlineData(95, 10, "ok")]
    public void Mixed_values_from_insufficient_data_take_the_newest_side(double first, double second, string state)
    {
        var bench = new AlarmBench("  - {name: full, meter: m, when: '> 90', window: 1m, periods: 2}");
        bench.Send(0, first);
        bench.Send(60, second);
        bench.Send(120, 0);

        Assert.Equal(state, bench.Sink.States);
    }

    [Fact]
    public void Three_of_five_are_enough()
    {
        var bench = new AlarmBench("  - {name: full, meter: m, when: '> 90', window: 10s, periods: 3, of: 5}");
        double[] values = [95, 10, 95, 10, 95, 95];
        for (var index = 0; index < values.Length; index++)
        {
            bench.Send(index * 10, values[index]);
        }

        Assert.Equal("alarm", bench.Sink.States);
        Assert.Equal(AlarmBench.Start.AddSeconds(50), bench.Sink.Last.At);
        Assert.Contains("for 3 of 5 periods of 10s", bench.Sink.Last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_missing_window_is_bridged()
    {
        var bench = new AlarmBench("  - {name: full, meter: m, when: '> 90', window: 1m, periods: 2}");
        bench.Send(0, 95);
        bench.Send(120, 95);
        bench.Send(180, 0);

        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void A_window_of_zero_judges_every_sample()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}");
        bench.Send(0, 1);
        bench.Send(3, 0);

        Assert.Equal("ok, alarm", bench.Sink.States);
        Assert.Equal(
            "m 0 % < 1 % (Transition to alarm due to 1 samples outside threshold, most recent: 0.0)",
            bench.Sink.Last.Reason);
    }

    [Fact]
    public void A_sample_older_than_the_last_is_not_judged_alone()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}");
        bench.Send(10, 1);
        bench.SendStamped(5, 0);

        Assert.Equal("ok", bench.Sink.States);
        Assert.Equal(1, bench.Evaluator.Counts.SamplesLate);
    }

    [Fact]
    public void A_rate_without_a_window_runs_from_sample_to_sample()
    {
        var counter = new SampleContext { Kind = MeterKind.Cumulative, Unit = "packet" };
        var bench = new AlarmBench("  - {name: errors, meter: m, when: '> 1', statistic: rate, window: 0}");
        bench.Send(0, 1000, context: counter);
        Assert.Empty(bench.Sink.All);

        bench.Send(10, 1025, context: counter);

        Assert.Equal(
            "m rate 2.5 packet/s > 1 packet/s "
            + "(Transition to alarm due to 1 samples outside threshold, most recent: 2.5)",
            bench.Sink.Last.Reason);
    }

    [Fact]
    public void A_sample_from_the_far_future_or_past_says_nothing_about_the_present()
    {
        var bench = new AlarmBench(OneMinute);
        bench.At(7200);
        bench.SendStamped(7200 + 3600, 95);
        bench.SendStamped(0, 95);

        Assert.Equal((1, 1), (bench.Evaluator.Counts.SamplesAhead, bench.Evaluator.Counts.SamplesLate));
        bench.At(7300);
        Assert.Empty(bench.Sink.All);
    }
}
