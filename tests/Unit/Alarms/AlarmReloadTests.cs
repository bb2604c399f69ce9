using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmReloadTests
{
    private const string Hot = "  - {name: hot, meter: m, when: '> 90', window: 10s, periods: 2}";

    [Fact]
    public void A_restart_neither_fires_again_nor_forgets()
    {
        var first = Firing();
        var before = first.Only;

        var second = new AlarmBench(Hot, first.State);
        Assert.Equal(
            (before.Id, "alarm", before.Since, before.Reason),
            (second.Only.Id, second.Only.State, second.Only.Since, second.Only.Reason));
        second.Send(0, 95);
        second.Send(10, 95);
        second.Send(20, 95);
        Assert.Empty(second.Sink.All);

        second.Send(30, 10);
        second.Send(40, 10);
        second.Send(50, 10);
        Assert.Equal("ok", second.Sink.States);
    }

    [Fact]
    public void After_a_restart_without_samples_the_alarm_lacks_data()
    {
        var second = new AlarmBench(Hot, Firing().State);
        second.At(60);

        Assert.Equal("insufficient data", second.Sink.States);
        Assert.Equal(AlarmState.Alarm, second.Sink.Last.From);
    }

    [Fact]
    public void An_alarm_whose_rule_vanished_during_the_restart_is_cleared()
    {
        var second = new AlarmBench("  - {name: other, meter: m, when: '> 1'}", Firing().State);

        Assert.Equal("ok", second.Sink.States);
        Assert.Equal("alarm rule 'hot' was removed", second.Sink.Last.Reason);
        Assert.Equal(("filesystem", "/var"), (second.Sink.Last.ResourceType, second.Sink.Last.ResourceName));
        Assert.Empty(second.State.ReadAll("alarms"));
    }

    [Fact]
    public void An_absence_goes_on_over_a_restart()
    {
        const string Gone = "  - {name: gone, meter: m, absent_for: 1m}";
        var first = new AlarmBench(Gone);
        first.Send(0, 1);
        first.At(61);

        var second = new AlarmBench(Gone, first.State);
        second.At(300);
        Assert.Empty(second.Sink.All);
        second.Send(301, 1);
        Assert.Equal("ok", second.Sink.States);
    }

    [Fact]
    public void A_document_that_cannot_be_read_is_passed_over()
    {
        var state = new FakeStateStore();
        state.Write([new StateChange("alarms", "x", "{"u8.ToArray())]);

        Assert.Empty(new AlarmBench(Hot, state).Evaluator.Alarms());
    }

    [Fact]
    public void A_reload_of_the_same_rule_goes_on_in_the_middle_of_a_window()
    {
        var bench = new AlarmBench("  - {name: hot, meter: m, when: '> 90', window: 1m}");
        bench.Send(0, 100);
        bench.Reload(
            "  - {name: hot, meter: m, when: '> 90', window: 1m}\n  - {name: new, meter: m, when: '> 1', window: 0}");
        bench.Send(30, 90);
        bench.Send(60, 0);

        Assert.Equal(95, bench.Sink.All.Single(transition => transition.Rule == "hot").Value);
        Assert.Equal(
            [AlarmState.Alarm, AlarmState.Ok],
            bench.Sink.All.Where(transition => transition.Rule == "new").Select(transition => transition.To));
    }

    [Fact]
    public void A_rule_that_was_removed_clears_its_alarm()
    {
        var bench = Firing();
        bench.Reload("  - {name: other, meter: m, when: '> 200'}");

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal("alarm rule 'hot' was removed", bench.Sink.Last.Reason);
    }

    [Fact]
    public void A_rule_with_another_threshold_keeps_its_alarm_until_it_is_judged_anew()
    {
        var bench = Firing();
        bench.Reload(Hot.Replace("> 90", "> 99", StringComparison.Ordinal));
        Assert.Equal("alarm", bench.Sink.States);

        bench.Send(30, 95);
        bench.Send(40, 95);
        bench.Send(50, 95);

        Assert.Equal("alarm, ok", bench.Sink.States);
    }

    [Fact]
    public void A_rule_that_no_longer_meets_the_series_clears_its_alarm()
    {
        var bench = Firing();
        bench.Reload(Hot.Replace("meter: m", "meter: m, where: {resource_id: r2}", StringComparison.Ordinal));

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal("alarm rule 'hot' no longer concerns /var", bench.Sink.Last.Reason);
    }

    [Fact]
    public void Another_severity_is_told_at_once()
    {
        var bench = Firing();
        bench.Reload(Hot.Replace("meter", "severity: critical, meter", StringComparison.Ordinal));

        Assert.Equal("alarm, alarm", bench.Sink.States);
        Assert.Equal("CRITICAL", bench.Sink.Last.Severity);
        Assert.StartsWith(
            "severity changed from WARNING to CRITICAL: m mean 95 %", bench.Sink.Last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_of_an_alarm_depends_on_nothing_but_rule_resource_and_dimensions()
    {
        var other = new AlarmBench("  - {name: x, meter: y, when: '> 1'}\n" + Hot);
        other.Send(0, 1, "r9", "y");
        other.Send(0, 95);

        Assert.Contains(Firing().Only.Id, other.Evaluator.Alarms().Select(alarm => alarm.Id));
    }

    private static AlarmBench Firing()
    {
        var bench = new AlarmBench(Hot);
        bench.Send(0, 95);
        bench.Send(10, 95);
        bench.Send(20, 95);
        Assert.Equal("alarm", bench.Sink.States);
        return bench;
    }
}
