using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmGroupTests
{
    private const string ByHost =
        "  - {name: busy, meter: cpu, by: [host], statistic: max, aggregate: mean, when: '> 50', window: 10s}";

    [Fact]
    public void A_group_is_judged_as_one()
    {
        var bench = new AlarmBench(ByHost);
        Send(bench, 1, 90, "vm1", "h1");
        Send(bench, 2, 20, "vm2", "h1");
        Send(bench, 3, 95, "vm3", "h2");
        bench.At(15);

        var alarms = bench.Evaluator.Alarms().OrderBy(alarm => alarm.Resource.Id).ToList();
        Assert.Equal(["h1 alarm", "h2 alarm"], alarms.Select(alarm => $"{alarm.Resource.Id} {alarm.State}"));
        Assert.Contains("cpu{host=h1} max 55 > 50 for 1 period of 10s", alarms[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_is_judged_when_its_last_member_has_moved_on()
    {
        var bench = new AlarmBench(ByHost);
        Send(bench, 1, 90, "vm1", "h1");
        Send(bench, 2, 90, "vm2", "h1");
        Send(bench, 11, 90, "vm1", "h1");
        Assert.Empty(bench.Sink.All);

        Send(bench, 12, 90, "vm2", "h1");
        Assert.Equal("alarm", bench.Sink.States);
    }

    [Fact]
    public void A_group_waits_for_a_member_that_was_there_before()
    {
        var bench = new AlarmBench(ByHost);
        Send(bench, 1, 10, "vm1", "h1");
        Send(bench, 2, 10, "vm2", "h1");
        Send(bench, 11, 10, "vm1", "h1");
        Send(bench, 12, 10, "vm2", "h1");
        Send(bench, 20, 0, "vm1", "h1");
        Send(bench, 25, 60, "vm1", "h1");
        Send(bench, 30, 60, "vm1", "h1");
        Assert.Equal("ok", bench.Sink.States);

        bench.At(35);
        Assert.Equal("ok, alarm", bench.Sink.States);
    }

    [Fact]
    public void A_member_that_is_gone_is_not_waited_for_again()
    {
        var bench = new AlarmBench(ByHost);
        Send(bench, 1, 10, "vm1", "h1");
        Send(bench, 2, 10, "vm2", "h1");
        Send(bench, 11, 10, "vm1", "h1");
        bench.At(27);
        Send(bench, 27, 90, "vm1", "h1");
        Send(bench, 30, 90, "vm1", "h1");

        Assert.Equal("ok, alarm", bench.Sink.States);
        Assert.Equal(AlarmBench.Start.AddSeconds(30), bench.Sink.Last.At);
    }

    [Fact]
    public void Several_attributes_make_a_group_together()
    {
        var bench = new AlarmBench("  - {name: busy, meter: cpu, by: [host, project_id], when: '> 50', window: 10s}");
        var context = new SampleContext { ProjectId = "p1" };
        bench.SendStamped(0, 90, "vm1", "cpu", context, Tags.Of(("host", "h1")));
        bench.At(15);

        Assert.Equal("host=h1,project_id=p1", bench.Only.Resource.Id);
    }

    [Fact]
    public void A_series_without_the_attribute_belongs_to_no_group()
    {
        var bench = new AlarmBench(ByHost);
        bench.Send(0, 90, "vm1", "cpu");
        bench.At(15);

        Assert.Empty(bench.Evaluator.Alarms());
    }

    private static void Send(AlarmBench bench, double second, double value, string resource, string host)
    {
        bench.At(second);
        bench.SendStamped(second, value, resource, "cpu", SampleContext.Plain, Tags.Of(("host", host)));
    }
}
