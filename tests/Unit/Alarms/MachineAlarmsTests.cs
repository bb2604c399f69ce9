using Ops.Alarms.Rules;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class MachineAlarmsTests
{
    private static readonly string Text = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "etc", "alarms", "machine.yaml"));

    [Fact]
    public void The_default_rules_are_right()
    {
        var faults = new ConfigFaults();
        var rules = AlarmRuleReader.Read([YamlReader.Read(Text, "machine.yaml", faults)!], faults);

        Assert.Empty(faults.All);
        Assert.Equal(
            [
                "filesystem nearly full", "inodes nearly full", "memory pressure", "cpu pressure", "disk saturated",
                "network errors", "service gone", "service restarting", "out of memory kill",
            ],
            rules.Select(rule => rule.Name));
        Assert.All(rules, rule => Assert.False(string.IsNullOrEmpty(rule.Runbook)));
    }

    [Theory]
    [InlineData("machine.filesystem.used_percent", 50, 97, 10, 0, "filesystem nearly full")]
    [InlineData("machine.filesystem.inodes_used_percent", 50, 97, 10, 0, "inodes nearly full")]
    [InlineData("machine.pressure.memory.full.avg10", 0, 40, 40, 0, "memory pressure")]
    [InlineData("machine.pressure.cpu.some.avg10", 0, 80, 200, 0, "cpu pressure")]
    [InlineData("machine.disk.utilisation", 20, 100, 130, 0, "disk saturated")]
    [InlineData("machine.service.up", 1, 0, 10, 0, "service gone")]
    [InlineData("hardware.network.outgoing.errors", 0, 0, 130, 50, "network errors")]
    [InlineData("machine.network.incoming.errors", 0, 0, 130, 50, "network errors")]
    [InlineData("machine.service.restarts", 0, 0, 610, 0.2, "service restarting")]
    [InlineData("machine.memory.oom_kills", 3, 4, 10, 0, "out of memory kill")]
    public void A_fault_is_said_within_the_time_it_should(
        string meter, double well, double ill, double seconds, double growth, string alarm)
    {
        var context = new SampleContext { Kind = Kind(meter) };
        var bench = new AlarmBench(Text.Replace("alarms:\n", "", StringComparison.Ordinal));
        bench.Send(0, well, meter: meter, context: context);
        bench.Send(10, well, meter: meter, context: context);
        var counter = ill;
        for (var second = 20.0; second <= 10 + seconds; second += 10)
        {
            bench.Send(second, counter += growth, meter: meter, context: context);
        }

        var fired = Assert.Single(bench.Sink.All, transition => transition.To == AlarmState.Alarm);
        Assert.Equal(alarm, fired.Rule);
    }

    private static MeterKind Kind(string meter) =>
        meter.EndsWith("errors", StringComparison.Ordinal) || meter.EndsWith("restarts", StringComparison.Ordinal)
        || meter.EndsWith("kills", StringComparison.Ordinal)
            ? MeterKind.Cumulative
            : MeterKind.Gauge;
}
