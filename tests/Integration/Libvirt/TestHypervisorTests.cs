using System.Diagnostics;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Polling;

namespace Ops.Integration.Libvirt;

/// <summary>The compute agent against the hypervisor that libvirt brings for tests.</summary>
public sealed class TestHypervisorTests
{
    [Fact]
    public async Task A_hypervisor_without_figures_of_the_CPU_gives_those_of_the_domain()
    {
        using var agent = new LibvirtAgent(
            new LibvirtOptions { Uri = "test:///default", NovaOnly = false, Host = "node-1" }, TimeProvider.System);
        var polled = await Polled.AllAsync(agent);
        Assert.Equal("test", polled.One("cpu").Metadata["display_name"]);
        Assert.True(polled.Volume("cpu") > 0);
        Assert.Equal(2, polled.Volume("vcpus"));
        Assert.Equal(1, polled.Volume("power.state"));
        Assert.Equal("ACTIVE", polled.Observations.Single(seen => seen.Entity.Type == "nova.instance").State);
    }

    [Fact]
    public async Task Domains_that_Nova_did_not_make_are_left_out_by_default()
    {
        using var agent = new LibvirtAgent(new LibvirtOptions { Uri = "test:///default" }, TimeProvider.System);
        Assert.Empty((await Polled.AllAsync(agent)).Samples);
        Assert.True(agent.Status().Ok);
    }

    [Fact]
    public async Task A_hypervisor_that_is_not_there_is_named()
    {
        var reports = new List<string>();
        using var agent = new LibvirtAgent(
            new LibvirtOptions { Uri = "qemu+unix:///session?socket=/no/such/socket" }, TimeProvider.System,
            reports.Add);
        Assert.NotNull(await Record.ExceptionAsync(() => Polled.AllAsync(agent)));
        Assert.NotNull(await Record.ExceptionAsync(() => Polled.AllAsync(agent)));
        Assert.StartsWith(
            "libvirt: cannot connect to qemu+unix:///session?socket=/no/such/socket: ", Assert.Single(reports));
    }

    [Fact]
    public async Task Polling_for_long_keeps_memory_flat()
    {
        using var agent = new LibvirtAgent(
            new LibvirtOptions { Uri = "test:///default", NovaOnly = false }, TimeProvider.System);
        var discovery = new LocalInstancesDiscovery(agent);
        await DiscoverAsync(discovery, 500);
        var before = ResidentBytes();
        await DiscoverAsync(discovery, 5000);
        Assert.InRange(ResidentBytes() - before, long.MinValue, 16L << 20);
    }

    private static async Task DiscoverAsync(LocalInstancesDiscovery discovery, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var round = new PollRound(TimeProvider.System.GetUtcNow());
            Assert.Single(await discovery.DiscoverAsync(null, round, CancellationToken.None));
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
