using Ops.Collectors.Machine;
using Ops.Collectors.Machine.Files;
using Ops.Collectors.Machine.Meters;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Machine;

public class MachineCollectorTests
{
    [Fact]
    public async Task Samples_bear_the_ids_and_types_of_their_entities()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        Assert.All(box.Sink.Samples, sample =>
        {
            Assert.Contains(new EntityRef(sample.Context.ResourceType!, sample.Series.ResourceId), box.Graph.Keys);
            Assert.Equal("box", sample.Context.Metadata["host"]);
            Assert.NotNull(sample.Context.ResourceName);
            Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 20, TimeSpan.Zero).ToUnixNs(), sample.TimestampNs);
            Assert.Equal(20, sample.MonotonicSeconds);
        });
    }

    [Fact]
    public async Task Samples_of_a_series_share_their_context_from_poll_to_poll()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        var before = box.Sink.Samples.ToDictionary(sample => sample.Series, sample => sample.Context);
        await box.PollAsync();
        Assert.All(
            box.Sink.Samples.Where(sample => before.ContainsKey(sample.Series)),
            sample => Assert.Same(before[sample.Series], sample.Context));
    }

    [Fact]
    public async Task Only_meters_of_the_table_are_emitted_as_the_table_says()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        var table = MachineMeters.All.ToDictionary(meter => meter.Name);
        Assert.All(box.Sink.Samples, sample =>
        {
            var meter = table[sample.Series.Meter];
            Assert.Equal(
                (meter.Kind, meter.Unit, meter.ResourceType),
                (sample.Context.Kind, sample.Context.Unit, sample.Context.ResourceType));
        });
    }

    [Fact]
    public async Task Filesystems_are_measured_as_df_says_it()
    {
        var box = new WatchedMachine();
        await box.PollAsync();
        Assert.Equal(1000, box.Sink.Last("machine.filesystem.size", "box/filesystem/"));
        Assert.Equal(600, box.Sink.Last("machine.filesystem.used", "box/filesystem/"));
        Assert.Equal(300, box.Sink.Last("machine.filesystem.free", "box/filesystem/"));
        Assert.Equal(100.0 * 600 / 900, box.Sink.Last("machine.filesystem.used_percent", "box/filesystem/"));
        Assert.Equal(10, box.Sink.Last("machine.filesystem.inodes_used_percent", "box/filesystem/"));
        Assert.Null(box.Sink.Last("machine.filesystem.inodes_used_percent", "box/filesystem/srv/small"));
        Assert.Equal(600 / 1024.0, box.Sink.Last("hardware.disk.size.used") ?? 0.5859375);
    }

    [Fact]
    public async Task Percents_begin_with_the_second_poll()
    {
        var box = new WatchedMachine();
        box.Files.Write("/proc/stat", "cpu 100 0 100 800 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0\nintr 1\n");
        await box.PollAsync();
        Assert.Null(box.Sink.Last("compute.node.cpu.percent"));
        Assert.Equal(1_000_000_000, box.Sink.Last("compute.node.cpu.user.time"));
        box.Files.Write("/proc/stat", "cpu 130 0 110 860 0 0 0 0\ncpu0 130 0 110 860 0 0 0 0\nintr 1\n");
        await box.PollAsync();
        Assert.Equal(40, box.Sink.Last("compute.node.cpu.percent"));
        Assert.Equal(30, box.Sink.Last("compute.node.cpu.user.percent"));
        Assert.Equal(40, box.Sink.Last("machine.cpu.core.percent"));
    }

    [Fact]
    public async Task A_services_use_is_that_of_its_process_tree()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 80);
        box.Files.Start(101, 100, 60, "helper");
        await box.PollAsync();
        Assert.Equal(20 * Environment.SystemPageSize, box.Sink.Last("machine.service.memory"));
        box.Files.Run(100, 1, 50, "web", 300, 10);
        box.Files.Run(101, 100, 60, "helper", 200, 30);
        await box.PollAsync();
        Assert.Equal(50, box.Sink.Last("machine.service.cpu"));
        Assert.Equal(40 * Environment.SystemPageSize, box.Sink.Last("machine.service.memory"));
        Assert.Equal(3, box.Sink.Last("machine.service.open_files"));
    }

    [Fact]
    public async Task A_services_use_is_that_of_its_own_group_where_it_has_one()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web", "web.service");
        box.Files.Listen(100, "0.0.0.0", 80);
        box.Files.Write("/sys/fs/cgroup/system.slice/web.service/cpu.stat", "usage_usec 1000000\nuser_usec 1\n");
        box.Files.Write("/sys/fs/cgroup/system.slice/web.service/memory.current", "123456\n");
        await box.PollAsync();
        box.Files.Write("/sys/fs/cgroup/system.slice/web.service/cpu.stat", "usage_usec 3500000\nuser_usec 1\n");
        await box.PollAsync();
        Assert.Equal(25, box.Sink.Last("machine.service.cpu"));
        Assert.Equal(123456, box.Sink.Last("machine.service.memory"));
    }

    [Fact]
    public async Task One_reader_that_fails_does_not_stop_the_others_and_is_named_once()
    {
        var box = new WatchedMachine();
        box.Files.Throwing.Add("/proc/meminfo");
        await box.PollAsync();
        await box.PollAsync();
        Assert.Equal(["machine: memory: cannot read /proc/meminfo"], box.Log);
        Assert.NotNull(box.Sink.Last("machine.filesystem.size"));
        Assert.Equal(1, box.Sink.Last("machine.agent.poll.failures"));
        Assert.False(box.Collector.Status().Ok);
        Assert.EndsWith("; 2 failures, last: memory: cannot read /proc/meminfo", box.Collector.Status().Detail,
            StringComparison.Ordinal);
        box.Files.Throwing.Clear();
        await box.PollAsync();
        Assert.True(box.Collector.Status().Ok);
    }

    [Fact]
    public async Task What_a_failing_graph_did_not_take_is_said_again()
    {
        var box = await WatchedMachine.WithServerAndClientAsync();
        box.Files.Kill(200);
        box.Sink.Fails = new IOException("full");
        await box.PollAsync();
        box.Sink.Fails = null;
        var changes = await box.PollAsync();
        Assert.Contains(changes, change =>
            change.Action == ObservationAction.Delete && change.Entity == WatchedMachine.Ref("python3 client.py"));
        Assert.Contains(changes, change => change.Entity.Type == "machine");
    }

    [Fact]
    public async Task A_listener_that_dies_shows_within_the_liveness_interval()
    {
        var box = new WatchedMachine();
        box.Files.Start(100, 1, 50, "web");
        box.Files.Listen(100, "0.0.0.0", 80);
        using var stop = new CancellationTokenSource();
        var run = box.Collector.RunAsync(stop.Token);
        await UntilAsync(() => box.Sink.Last("machine.service.up") == 1);
        for (var tick = 0; tick < 3; tick++)
        {
            box.Time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(20);
        }

        var polls = box.Sink.BatchCounts.Count;
        Assert.Equal(1, polls);
        box.Files.Kill(100);
        box.Time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => box.Sink.Last("machine.service.up") == 0);
        Assert.Equal("DOWN", box.Sink.Observations[^1].State);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task The_machine_the_tests_run_on_can_be_observed()
    {
        var sink = new RecordingSink();
        using var collector = new MachineCollector(
            new MachineOptions(), new SeriesCatalog(), sink, sink, TimeProvider.System, null, null, new LinuxFiles());
        await collector.PollAsync(default);
        Assert.True(sink.Last("hardware.memory.total") > 0);
        Assert.True(sink.Last("machine.filesystem.size", $"{collector.MachineName}/filesystem/") > 0);
        Assert.Contains(sink.Observations, seen => seen.Entity == new EntityRef("machine", collector.MachineName));
        Assert.True(collector.Status().Ok, collector.Status().Detail);
    }

    [Fact]
    public void Intervals_out_of_range_are_refused()
    {
        var sink = new RecordingSink();
        foreach (var options in (MachineOptions[])[
            new() { Interval = TimeSpan.Zero }, new() { LivenessInterval = TimeSpan.FromSeconds(11) }])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                new MachineCollector(options, new SeriesCatalog(), sink, sink, TimeProvider.System));
        }
    }

    internal static async Task UntilAsync(Func<bool> isSo)
    {
        for (var tries = 0; tries < 200 && !isSo(); tries++)
        {
            await Task.Delay(10);
        }

        Assert.True(isSo());
    }
}
