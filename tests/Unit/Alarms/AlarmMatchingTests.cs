using Ops.Alarms;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmMatchingTests
{
    [Theory]
    [InlineData("resource_id: \"r*\"", true)]
    [InlineData("resource_id: r1", true)]
    [InlineData("resource_id: r2", false)]
    [InlineData("resource_type: filesystem", true)]
    [InlineData("resource_name: [/tmp, \"/v*\"]", true)]
    [InlineData("project_id: p1", true)]
    [InlineData("user_id: u2", false)]
    [InlineData("source: machine", true)]
    [InlineData("mount: \"/var*\"", true)]
    [InlineData("flavor.name: m1.small", true)]
    [InlineData("disks: \"2\"", true)]
    [InlineData("local: \"true\"", true)]
    [InlineData("stack: web", true)]
    [InlineData("absent: \"*\"", false)]
    [InlineData("project_id: p1, user_id: u2", false)]
    public void Where_looks_at_the_series_its_dimensions_and_its_metadata(string where, bool meets)
    {
        var bench = new AlarmBench($"  - {{name: a, meter: m, when: '> 1', where: {{{where}}}}}");
        var context = new SampleContext
        {
            ProjectId = "p1", UserId = "u1", Source = "machine", ResourceType = "filesystem", ResourceName = "/var",
            Metadata = new Dictionary<string, object?>
            {
                ["flavor"] = new Dictionary<string, object?> { ["name"] = "m1.small" },
                ["disks"] = 2L,
                ["local"] = true,
                ["user_metadata"] = new Dictionary<string, object?> { ["stack"] = "web" },
            },
        };
        bench.SendStamped(0, 2, "r1", "m", context, Tags.Of(("mount", "/var/lib")));

        Assert.Equal(meets ? 1 : 0, bench.Evaluator.Counts.Alarms);
    }

    [Fact]
    public void A_pattern_tells_meters_of_one_resource_apart()
    {
        var bench = new AlarmBench("  - {name: a, meter: 'net.*.errors', when: '> 1', window: 0}");
        bench.Send(0, 5, meter: "net.in.errors");
        bench.Send(0, 0, meter: "net.out.errors");
        bench.Send(0, 5, meter: "net.in.bytes");

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal(2, bench.Sink.All.Select(transition => transition.AlarmId).Distinct().Count());
    }

    [Fact]
    public void Mounts_of_one_resource_are_told_apart()
    {
        var bench = new AlarmBench("  - {name: full, meter: disk.used_percent, when: '> 90', window: 0}");
        bench.SendStamped(0, 95, "h1", "disk.used_percent", null, Tags.Of(("path", "/var")));
        bench.SendStamped(0, 10, "h1", "disk.used_percent", null, Tags.Of(("path", "/")));

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal("/var", bench.Sink.All[0].Dimensions["path"]);
        Assert.StartsWith(
            "disk.used_percent{path=/var} 95 % > 90 %", bench.Sink.All[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_that_says_something_else_is_matched_anew()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 0, where: {project_id: p1}}");
        bench.Send(0, 5, context: new SampleContext { ProjectId = "p1", ResourceName = "web" });
        Assert.Equal("alarm", bench.Only.State);

        bench.Send(1, 5, context: new SampleContext { ProjectId = "p2", ResourceName = "web" });

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal("alarm rule 'a' no longer concerns web", bench.Sink.Last.Reason);
        Assert.Empty(bench.Evaluator.Alarms());
    }

    [Fact]
    public void A_new_context_of_the_same_content_changes_nothing()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 1m}");
        bench.Send(0, 5, context: new SampleContext { Metadata = new Dictionary<string, object?> { ["a"] = 1L } });
        bench.Send(1, 7, context: new SampleContext { Metadata = new Dictionary<string, object?> { ["a"] = 1L } });
        bench.Send(60, 0);

        Assert.Equal(6, bench.Sink.Last.Value);
    }

    [Fact]
    public void A_resource_that_is_gone_takes_its_alarm_along()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 0}");
        bench.Send(0, 5);
        bench.Delete("service", "r1");
        Assert.Equal("alarm", bench.Sink.States);

        bench.Delete("filesystem", "r1");

        Assert.Equal("alarm, ok", bench.Sink.States);
        Assert.Equal("/var is gone", bench.Sink.Last.Reason);
        Assert.Empty(bench.State.ReadAll("alarms"));
        bench.At(600);
        Assert.Equal(2, bench.Sink.All.Count);
    }

    [Fact]
    public void A_resource_that_is_gone_and_was_well_goes_without_a_word()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, absent_for: 1m}");
        bench.Send(0, 5);
        bench.Delete("filesystem", "r1");
        bench.At(120);

        Assert.Equal("ok", bench.Sink.States);
    }

    [Fact]
    public void A_resource_that_comes_back_is_judged_again()
    {
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 0}");
        bench.Send(0, 5);
        bench.Delete("filesystem", "r1");
        bench.Send(10, 5);

        Assert.Equal("alarm, ok, alarm", bench.Sink.States);
    }

    [Fact]
    public void Beyond_the_limit_series_are_refused_and_counted()
    {
        var options = new AlarmEvaluatorOptions { AlarmsMax = 2 };
        var bench = new AlarmBench("  - {name: a, meter: m, when: '> 1', window: 0}", options: options);
        foreach (var resource in new[] { "r1", "r2", "r3" })
        {
            bench.Send(0, 5, resource);
        }

        Assert.Equal((2, 1), (bench.Evaluator.Counts.Alarms, bench.Evaluator.Counts.AlarmsRefused));
    }
}
