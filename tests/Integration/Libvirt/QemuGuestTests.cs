using System.Globalization;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Polling;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Libvirt;

/// <summary>The compute agent against a real guest of QEMU, emulated, through a real libvirtd.</summary>
public sealed class QemuGuestTests(LibvirtDaemon daemon) : IClassFixture<LibvirtDaemon>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<string> _reports = [];

    [Fact]
    public async Task A_guest_is_measured_as_virsh_measures_it_and_drawn_with_its_state()
    {
        using var agent = Agent();
        var running = await Polled.AllAsync(agent);
        Assert.Equal("ACTIVE", Instance(running).State);
        Assert.Equal(1, running.Volume("power.state"));

        // A guest that is paused does not change under the eyes of the two that look.
        await daemon.VirshAsync("suspend", LibvirtDaemon.GuestName);
        try
        {
            var polled = await Polled.AllAsync(agent);
            Assert.Equal("PAUSED", Instance(polled).State);
            await CompareAsync(polled);
            CheckIdentity(polled);
        }
        finally
        {
            await daemon.VirshAsync("resume", LibvirtDaemon.GuestName);
        }
    }

    private async Task CompareAsync(Polled polled)
    {
        var figures = await daemon.FiguresAsync();
        double Figure(string name) => double.Parse(figures[name], CultureInfo.InvariantCulture);
        Assert.Equal(Figure("vcpu.0.time") + Figure("vcpu.0.wait"), polled.Volume("cpu"));
        Assert.True(polled.Volume("cpu") > 0);
        Assert.Equal(1, polled.Volume("vcpus"));
        Assert.Equal(3, polled.Volume("power.state"));
        Assert.InRange(polled.Volume("memory.resident"), 1, 1024);
        foreach (var (meter, figure) in new[]
        {
            ("read.requests", "rd.reqs"), ("read.bytes", "rd.bytes"), ("write.requests", "wr.reqs"),
            ("write.bytes", "wr.bytes"),
        })
        {
            Assert.Equal(Figure($"block.0.{figure}"), polled.Volume($"disk.device.{meter}"));
            Assert.Equal(Figure($"block.0.{figure}"), polled.Volume($"disk.{meter}"));
        }

        Assert.True(polled.Volume("disk.device.read.bytes") > 0);
        Assert.Equal(Figure("block.0.rd.times"), polled.Volume("disk.device.read.latency"));
        foreach (var (meter, figure) in new[]
        {
            ("bytes", "bytes"), ("packets", "pkts"), ("packets.drop", "drop"), ("packets.error", "errs"),
        })
        {
            Assert.Equal(Figure($"net.0.tx.{figure}"), polled.Volume($"network.outgoing.{meter}"));
            Assert.InRange(polled.Volume($"network.incoming.{meter}"), 0, Figure($"net.0.rx.{figure}"));
        }

        var sizes = (await daemon.VirshAsync("domblkinfo", LibvirtDaemon.GuestName, "vda")).Split('\n')
            .Select(line => line.Split(':')).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => double.Parse(pair[1].Trim(), CultureInfo.InvariantCulture));
        Assert.Equal(sizes["Capacity"], polled.Volume("disk.device.capacity"));
        Assert.Equal(sizes["Allocation"], polled.Volume("disk.device.allocation"));
        Assert.Equal(sizes["Physical"], polled.Volume("disk.device.usage"));
        Assert.Equal(sizes["Capacity"], polled.Volume("disk.capacity"));
    }

    private void CheckIdentity(Polled polled)
    {
        var cpu = polled.One("cpu");
        Assert.Equal((LibvirtDaemon.GuestId, "project-1", "user-1"), (cpu.ResourceId, cpu.ProjectId, cpu.UserId));
        Assert.Equal(("web-1", "m1.tiny", "paused", "node-1"), (
            cpu.Metadata["display_name"], cpu.Metadata["instance_type"], cpu.Metadata["status"],
            cpu.Metadata["instance_host"]));
        Assert.Equal($"{LibvirtDaemon.GuestId}-vda", polled.One("disk.device.read.bytes").ResourceId);
        Assert.Equal(
            $"{LibvirtDaemon.GuestName}-{LibvirtDaemon.GuestId}-{daemon.Tap}",
            polled.One("network.incoming.bytes").ResourceId);
        Assert.Contains(
            new ObservedRelation("contains", RelationDirection.In, new EntityRef("nova.host", "node-1")),
            Instance(polled).Relations);
    }

    [Fact]
    public async Task A_guest_that_is_shut_off_has_a_power_state_and_no_figures_and_one_that_is_undefined_is_gone()
    {
        const string id = "5f0c1d3a-9f52-4f5e-9d0b-2a7d5f3a1b12";
        using var agent = Agent();
        var pollsters = LibvirtPollsters.All(agent);
        var xml = (await daemon.VirshAsync("dumpxml", "--inactive", LibvirtDaemon.GuestName))
            .Replace(LibvirtDaemon.GuestId, id).Replace(LibvirtDaemon.GuestName, "instance-0000000b")
            .Replace("52:54:00:aa:bb:cc", "52:54:00:aa:bb:cd");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, xml);
        await daemon.VirshAsync("define", file);
        File.Delete(file);

        var polled = await Polled.AllAsync(agent, pollsters);
        Assert.Equal(
            ["instance", "power.state"],
            polled.Samples.Where(sample => sample.ResourceId.StartsWith(id)).Select(sample => sample.Meter));
        Assert.Equal("STOPPED", polled.Observations.Single(seen => seen.Entity.Id == id).State);

        await daemon.VirshAsync("undefine", "instance-0000000b");
        var after = await Polled.AllAsync(agent, pollsters);
        Assert.Equal(
            ObservationAction.Delete, after.Observations.Single(seen => seen.Entity.Id == id).Action);
        Assert.DoesNotContain(after.Samples, sample => sample.ResourceId.StartsWith(id));
    }

    [Fact]
    public async Task A_daemon_that_hangs_costs_its_timeout_and_one_that_was_restarted_is_found_again()
    {
        using var agent = Agent(TimeSpan.FromSeconds(4));
        var discovery = new LocalInstancesDiscovery(agent);
        Assert.Single(await DiscoverAsync(discovery));

        await daemon.SignalAsync("STOP");
        var startedAt = TimeProvider.System.GetTimestamp();
        var fault = await Record.ExceptionAsync(() => DiscoverAsync(discovery));
        Assert.Equal("libvirt did not answer within 4 s", fault?.Message);
        var refused = await Record.ExceptionAsync(() => DiscoverAsync(discovery));
        Assert.Equal("libvirt still has not answered an earlier call", refused?.Message);
        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds, 3.9, 8);
        Assert.False(agent.Status().Ok);

        await daemon.SignalAsync("CONT");
        await ServerProcess.WaitAsync("libvirt to answer again", Patience, () => AnswersAsync(discovery));
        await daemon.StopAsync();
        Assert.NotNull(await Record.ExceptionAsync(() => DiscoverAsync(discovery)));
        await daemon.StartAsync();
        await ServerProcess.WaitAsync("libvirt to be found again", Patience, () => AnswersAsync(discovery));
        Assert.Contains(_reports, line => line.EndsWith("answers again"));
        Assert.True(agent.Status().Ok);
    }

    [Fact]
    public async Task What_happens_to_a_guest_is_an_event_and_a_state_at_once()
    {
        var options = new LibvirtOptions { Uri = daemon.Uri, Host = "node-1" };
        using var agent = Agent();
        var kept = new Kept();
        var listener = new LibvirtEventCollector(options, agent, kept.Outlets());
        using var ending = new CancellationTokenSource();
        var running = listener.RunAsync(ending.Token);
        await ServerProcess.WaitAsync(
            "the subscription", Patience, () => Task.FromResult(listener.Status().Detail.Contains("events")));

        await daemon.VirshAsync("suspend", LibvirtDaemon.GuestName);
        await daemon.VirshAsync("resume", LibvirtDaemon.GuestName);
        await ServerProcess.WaitAsync("both events", Patience, () => Task.FromResult(kept.Events.Count >= 2));
        await ending.CancelAsync();
        await running;

        Assert.Equal(
            ["libvirt.domain.suspended", "libvirt.domain.resumed"],
            kept.Events.Select(one => one.Type).Distinct());
        Assert.Contains(new EventTrait("project_id", TraitType.Text, "project-1"), kept.Events[0].Traits);
        Assert.Equal("ACTIVE", kept.Observations[^1].State);
    }

    private LibvirtAgent Agent(TimeSpan? timeout = null) => new(
        new LibvirtOptions { Uri = daemon.Uri, Host = "node-1", Timeout = timeout ?? TimeSpan.FromSeconds(10) },
        TimeProvider.System, _reports.Add);

    private static Observation Instance(Polled polled) =>
        polled.Observations.Single(seen => seen.Entity == new EntityRef("nova.instance", LibvirtDaemon.GuestId));

    private static Task<IReadOnlyList<PollResource>> DiscoverAsync(LocalInstancesDiscovery discovery) =>
        discovery.DiscoverAsync(null, new PollRound(TimeProvider.System.GetUtcNow()), CancellationToken.None);

    private static async Task<bool> AnswersAsync(LocalInstancesDiscovery discovery) =>
        await Record.ExceptionAsync(() => DiscoverAsync(discovery)) is null;
}
