using Ops.Alarms.Rules;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class TargetAlarmsTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "etc", "alarms", "targets.yaml"));

    [Fact]
    public void The_rules_for_targets_are_right()
    {
        var faults = new ConfigFaults();
        var rules = AlarmRuleReader.Read([YamlReader.Read(Text, "targets.yaml", faults)!], faults);
        Assert.Empty(faults.All);
        Assert.Equal(
            ["address does not answer", "target not scraped", "certificate ends soon"],
            rules.Select(rule => rule.Name));
        Assert.All(rules, rule => Assert.False(string.IsNullOrEmpty(rule.Runbook)));
    }

    [Theory]
    [InlineData("http.check.up", 1, 0, 1, "address does not answer")]
    [InlineData("up", 1, 0, 5, "target not scraped")]
    [InlineData("http.check.tls_days_left", 60, 5, 1, "certificate ends soon")]
    public void A_target_that_is_ill_is_told(string meter, double well, double ill, int samples, string alarm)
    {
        var bench = new AlarmBench(Text[Text.IndexOf("alarms:\n", StringComparison.Ordinal)..]
            .Replace("alarms:\n", "", StringComparison.Ordinal));
        bench.Send(0, well, meter: meter);
        for (var i = 1; i <= samples; i++)
        {
            bench.Send(10 * i, ill, meter: meter);
        }

        var fired = Assert.Single(bench.Sink.All, transition => transition.To == AlarmState.Alarm);
        Assert.Equal(alarm, fired.Rule);
    }

    [Fact]
    public void A_single_scrape_that_failed_is_not_told()
    {
        var bench = new AlarmBench(Text[Text.IndexOf("alarms:\n", StringComparison.Ordinal)..]
            .Replace("alarms:\n", "", StringComparison.Ordinal));
        bench.Send(0, 1, meter: "up");
        bench.Send(10, 0, meter: "up");
        bench.Send(20, 1, meter: "up");
        Assert.DoesNotContain(bench.Sink.All, transition => transition.To == AlarmState.Alarm);
    }
}
