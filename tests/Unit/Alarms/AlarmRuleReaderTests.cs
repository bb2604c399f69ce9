using Ops.Alarms.Rules;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmRuleReaderTests
{
    [Fact]
    public void A_full_rule_is_read_as_written()
    {
        var rule = Assert.Single(AlarmBench.Rules("""
            alarms:
              - name: filesystem nearly full
                meter: machine.filesystem.used_percent
                where: {mount: "/var*", project_id: [p1, p2]}
                by: [host]
                aggregate: max
                statistic: p95
                window: 2m
                periods: 3
                of: 5
                when: ">= 90.5"
                for: 5m
                keep_firing_for: 1h
                severity: critical
                labels: {team: storage}
                runbook: https://example.org/full
            """));

        Assert.Equal("filesystem nearly full", rule.Name);
        Assert.Equal("machine.filesystem.used_percent", rule.Meter);
        Assert.Equal("mount=/var*; project_id=p1|p2", string.Join("; ", rule.Where));
        Assert.Equal(["host"], rule.By);
        Assert.Equal("max", rule.Aggregate.ToString());
        Assert.Equal("p95", rule.Statistic.ToString());
        Assert.Equal(TimeSpan.FromMinutes(2), rule.Window);
        Assert.Equal((3, 5), (rule.Periods, rule.Of));
        Assert.Equal(new Threshold(Comparison.AtLeast, 90.5), rule.When);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)), (rule.For, rule.KeepFiringFor));
        Assert.Equal("CRITICAL", rule.Severity);
        Assert.Equal(Tags.Of(("team", "storage")), rule.Labels);
        Assert.Equal("https://example.org/full", rule.Runbook);
        Assert.Equal("alarms.yaml:2", rule.Place);
    }

    [Fact]
    public void What_is_left_out_takes_its_default()
    {
        var rule = Assert.Single(AlarmBench.Rules("alarms: [{name: a, meter: m, when: '> 1'}]"));

        Assert.Equal(Statistic.Mean, rule.Statistic);
        Assert.Equal(TimeSpan.FromMinutes(1), rule.Window);
        Assert.Equal((1, 1), (rule.Periods, rule.Of));
        Assert.Equal("WARNING", rule.Severity);
        Assert.Null(rule.AbsentFor);
    }

    [Theory]
    [InlineData("last", "mean")]
    [InlineData("rate", "mean")]
    [InlineData("sum", "sum")]
    public void A_group_is_aggregated_by_the_statistic_where_that_makes_sense(string statistic, string aggregate) =>
        Assert.Equal(
            aggregate,
            AlarmBench.Rules($"alarms: [{{name: a, meter: m, when: '> 1', statistic: {statistic}}}]").Single()
                .Aggregate.ToString());

    [Fact]
    public void A_rule_of_absence_has_no_threshold()
    {
        var rule = Assert.Single(AlarmBench.Rules("alarms: [{name: gone, meter: heartbeat, absent_for: 2m}]"));

        Assert.Null(rule.When);
        Assert.Equal(TimeSpan.FromMinutes(2), rule.AbsentFor);
    }

    [Fact]
    public void An_empty_list_switches_alarms_off() => Assert.Empty(AlarmBench.Rules("alarms: []"));

    [Theory]
    [InlineData(
        "alarm: []",
        "a.yaml:1:1: unknown key 'alarm' in an alarms file; allowed: alarms. Did you mean 'alarms'?")]
    [InlineData("alarms: x", "a.yaml:1:9: 'alarms' of an alarms file must be a list, found 'x'")]
    [InlineData(
        "- {type: threshold}",
        "a.yaml:1:1: a list of Aodh alarms is not yet supported; expected a mapping with 'alarms'")]
    [InlineData("alarms: [x]", "a.yaml:1:10: an alarm must be a mapping, found 'x'")]
    [InlineData("alarms: [{meter: m, when: '> 1'}]", "a.yaml:1:10: an alarm needs 'name'")]
    [InlineData("alarms: [{name: a, when: '> 1'}]", "a.yaml:1:10: alarm 'a' needs 'meter'")]
    [InlineData("alarms: [{name: a, meter: m}]", "a.yaml:1:10: alarm 'a' needs 'when' or 'absent_for'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: 90}]",
        "a.yaml:1:36: 'when' of alarm 'a' must be one of >, >=, <, <=, ==, != and a number, "
        + "such as \"> 90\", found '90'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> high'}]",
        "a.yaml:1:36: 'when' of alarm 'a' must be one of >, >=, <, <=, ==, != and a number, "
        + "such as \"> 90\", found '> high'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', windows: 5m}]",
        "a.yaml:1:43: unknown key 'windows' in alarm 'a'; allowed: name, meter, where, by, aggregate, statistic, "
        + "window, periods, of, when, for, keep_firing_for, absent_for, severity, labels, "
        + "runbook. Did you mean 'window'?")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', statistic: avg}]",
        "a.yaml:1:54: 'statistic' of alarm 'a' must be one of mean, min, max, sum, count, last, rate, "
        + "p50..p99, found 'avg'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', aggregate: last}]",
        "a.yaml:1:54: 'aggregate' of alarm 'a' must be one of mean, min, max, sum, count, p50..p99, found 'last'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', window: soon}]",
        "a.yaml:1:51: 'window' of alarm 'a' must be a duration such as 10s, 5m or 1h30m, found 'soon'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', window: 2d}]",
        "a.yaml:1:51: 'window' of alarm 'a' must be 0 (judge every sample) or from 1s to 1d, found '2d'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', window: 0, statistic: count}]",
        "a.yaml:1:51: 'statistic: count' of alarm 'a' needs a window, found window 0")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', window: 0, by: [host]}]",
        "a.yaml:1:51: 'by' of alarm 'a' needs a window, found window 0")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', periods: 101}]",
        "a.yaml:1:52: 'periods' of alarm 'a' must be a whole number from 1 to 100, found '101'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', periods: 3, of: 2}]",
        "a.yaml:1:59: 'of' of alarm 'a' must be at least its periods, 3, found '2'")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', severity: CRTICAL}]",
        "a.yaml:1:53: 'severity' of alarm 'a' must be one of CRITICAL, SEVERE, MAJOR, MODERATE, MINOR, WARNING, "
        + "LOW, INFO, found 'CRTICAL'. Did you mean 'CRITICAL'?")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', where: [x]}]",
        "a.yaml:1:50: 'where' of alarm 'a' must be a mapping, found a list")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', where: {host: {}}}]",
        "a.yaml:1:57: 'host' in 'where' of alarm 'a' must be a pattern or a list of patterns, found a mapping")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', by: [[]]}]",
        "a.yaml:1:48: 'by' of alarm 'a' must list attribute names, found a list")]
    [InlineData(
        "alarms: [{name: a, meter: m, when: '> 1', labels: {x: []}}]",
        "a.yaml:1:55: 'x' in 'labels' of alarm 'a' must be text, found a list")]
    [InlineData(
        "alarms: [{name: a, meter: m, absent_for: 1m, when: '> 1'}]",
        "a.yaml:1:52: 'when' of alarm 'a' does not go with 'absent_for'")]
    [InlineData(
        "alarms: [{name: a, meter: m, absent_for: 0}]",
        "a.yaml:1:42: 'absent_for' of alarm 'a' must be at least 1s")]
    public void A_fault_says_where_what_and_what_is_allowed(string text, string fault) =>
        Assert.Equal([fault], Faults(text));

    [Theory]
    [InlineData("all: [x, y]", "all")]
    [InlineData("any: [x]", "any")]
    [InlineData("event: compute.*", "event")]
    [InlineData("meter: m, detector: auto", "detector")]
    [InlineData("meter: m, predict: {crosses: '> 95'}", "predict")]
    [InlineData("promql: up == 0", "promql")]
    [InlineData("meter: m, when: '> 1', time_constraints: []", "time_constraints")]
    [InlineData("meter: m, when: '> 1', repeat: 1h", "repeat")]
    public void What_is_to_come_is_refused_by_name(string rest, string key) => Assert.Contains(
        $"'{key}' of alarm 'a' is not yet supported; a rule has a 'meter' with 'when' or 'absent_for'",
        Assert.Single(Faults($"alarms: [{{name: a, {rest}}}]")), StringComparison.Ordinal);

    [Fact]
    public void A_name_is_unique_among_all_files()
    {
        var faults = new ConfigFaults();
        var first = YamlReader.Read("alarms: [{name: a, meter: m, when: '> 1'}]", "a.yaml", faults)!;
        var second = YamlReader.Read("alarms:\n  - {name: a, meter: n, when: '> 1'}", "b.yaml", faults)!;

        AlarmRuleReader.Read([first, second], faults);

        Assert.Equal("b.yaml:2:12: alarm 'a' is already defined at a.yaml:1", Assert.Single(faults.All).ToString());
    }

    [Fact]
    public void All_faults_of_a_file_are_reported_at_once() => Assert.Equal(
        [
            "a.yaml:2:24: 'periods' of alarm 'a' must be a whole number from 1 to 100, found 'x'",
            "a.yaml:2:5: alarm 'a' needs 'when' or 'absent_for'",
            "a.yaml:3:5: alarm 'b' needs 'meter'",
        ],
        Faults("alarms:\n  - {name: a, periods: x, meter: m}\n  - {name: b, when: '> 1'}"));

    [Fact]
    public void A_name_is_not_endless() => Assert.Equal(
        ["a.yaml:1:17: the name of an alarm has at most 200 characters, found 201"],
        Faults($"alarms: [{{name: {new string('x', 201)}, meter: m, when: '> 1'}}]"));

    private static string[] Faults(string text)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(text, "a.yaml", faults);
        AlarmRuleReader.Read(root is null ? [] : [root], faults);
        return [.. faults.All.Select(fault => fault.ToString())];
    }
}
