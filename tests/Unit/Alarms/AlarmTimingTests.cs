using Ops.Alarms;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmTimingTests
{
    [Fact]
    public void For_waits_until_the_breach_has_lasted()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 0, for: 1m}");
        for (var second = 0; second < 60; second += 10)
        {
            bench.Send(second, 95);
        }

        Assert.Empty(bench.Sink.All);
        bench.Send(60, 95);
        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void For_starts_anew_after_a_good_value()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 0, for: 1m}");
        bench.Send(0, 95);
        bench.Send(30, 10);
        bench.Send(40, 95);
        bench.Send(90, 95);
        Assert.Equal("ok", bench.Sink.States);

        bench.Send(100, 95);
        Assert.Equal("ok, alarm", bench.Sink.States);
    }

    [Fact]
    public void For_ends_by_itself_when_samples_are_rare()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 0, for: 1m}");
        bench.Send(0, 95);
        bench.At(64);
        Assert.Empty(bench.Sink.All);
        bench.At(65);
        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void An_alarm_keeps_firing_for_as_long_as_it_is_told()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 0, keep_firing_for: 1m}");
        bench.Send(0, 95);
        bench.Send(10, 10);
        bench.Send(40, 95);
        bench.Send(50, 10);
        bench.Send(80, 10);
        Assert.Equal("alarm", bench.Sink.States);

        bench.Send(110, 10);
        Assert.Equal("alarm, ok", bench.Sink.States);
    }

    [Fact]
    public void A_series_that_stops_lacks_data_after_its_periods_and_one_more()
    {
        var bench = new AlarmBench("  - {name: full, meter: m, when: '> 90', window: 1m, periods: 2}");
        bench.Send(0, 95);
        bench.Send(60, 95);
        bench.Send(120, 95);
        bench.At(120 + 184);
        Assert.Equal("alarm", bench.Sink.States);

        bench.At(120 + 185);

        Assert.Equal("alarm, insufficient data", bench.Sink.States);
        Assert.Equal("m mean: no sample for 3m5s (2 datapoints are unknown)", bench.Sink.Last.Reason);
    }

    [Fact]
    public void Without_a_window_a_silence_of_five_minutes_is_too_long()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}");
        bench.Send(0, 0);
        bench.At(299);
        Assert.Equal("alarm", bench.Sink.States);
        bench.At(300);
        Assert.Equal("alarm, insufficient data", bench.Sink.States);
    }

    [Fact]
    public void A_series_that_always_comes_rarely_is_waited_for()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}");
        bench.Send(0, 0);
        bench.Send(250, 0);
        bench.At(250 + 499);
        Assert.Equal("alarm", bench.Sink.States);
        bench.At(250 + 500);
        Assert.Equal("alarm, insufficient data", bench.Sink.States);
    }

    [Fact]
    public void An_alarm_that_lacks_data_for_long_is_forgotten()
    {
        var options = new AlarmEvaluatorOptions { ForgetAfter = TimeSpan.FromMinutes(10) };
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}", options: options);
        bench.Send(0, 0);
        bench.At(599);
        Assert.Single(bench.Evaluator.Alarms());
        bench.At(601);

        Assert.Empty(bench.Evaluator.Alarms());
        Assert.Empty(bench.State.ReadAll("alarms"));

        bench.Send(610, 0);
        Assert.Equal("alarm", bench.Only.State);
    }

    [Fact]
    public void Absence_is_an_alarm_and_a_sample_ends_it()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, absent_for: 2m}");
        bench.Send(0, 1);
        bench.Send(60, 1);
        bench.At(179);
        Assert.Equal("ok", bench.Sink.States);

        bench.At(180);
        Assert.Equal("m absent for 2m (no sample since 2026-01-01T00:01:00Z)", bench.Sink.Last.Reason);

        bench.Send(200, 1);
        Assert.Equal("ok, alarm, ok", bench.Sink.States);
        Assert.Equal("m is present", bench.Sink.Last.Reason);

        bench.At(321);
        Assert.Equal("ok, alarm, ok, alarm", bench.Sink.States);
    }

    [Fact]
    public void The_loop_looks_at_the_timers()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, absent_for: 2s}");
        bench.Send(0, 1);
        using var stop = new CancellationTokenSource();
        var loop = bench.Evaluator.RunAsync(stop.Token);
        for (var second = 0; second < 30 && bench.Sink.All.Count < 2; second++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            Thread.Yield();
            SpinWait.SpinUntil(() => bench.Sink.All.Count == 2, 20);
        }

        stop.Cancel();
        Assert.Equal("ok, alarm", bench.Sink.States);
        Assert.True(SpinWait.SpinUntil(() => loop.IsCompletedSuccessfully, 1000));
    }

    [Fact]
    public void A_clock_that_jumps_ahead_is_no_silence()
    {
        var bench = new AlarmBench("  - {name: gone, meter: m, when: '< 1', window: 0}");
        bench.Send(0, 0);
        bench.Time.Jump = TimeSpan.FromHours(1);
        bench.At(3601);

        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void A_clock_that_goes_back_does_not_make_all_samples_late()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 1m}");
        bench.At(7200);
        bench.Send(7200, 95);
        bench.Send(7260, 95);
        Assert.Equal("alarm", bench.Sink.States);

        bench.Time.Jump = TimeSpan.FromSeconds(3600 - 7260);
        bench.Send(3600, 10);
        bench.Send(3660, 10);

        Assert.Equal("alarm, ok", bench.Sink.States);
    }
}
