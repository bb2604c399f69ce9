using Ops.Collectors.Libvirt;
using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Native;
using Ops.Collectors.Polling;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Libvirt;

public sealed class LibvirtAgentTests
{
    private readonly FakeLibvirt _libvirt = new();
    private readonly List<string> _reports = [];

    [Fact]
    public async Task All_pollsters_of_a_round_share_one_reading()
    {
        using var agent = Agent();
        await Round.PollAsync(agent);
        Assert.Equal((1, 1), (_libvirt.Reads, _libvirt.Opened));
        await Round.PollAsync(agent);
        Assert.Equal((2, 1), (_libvirt.Reads, _libvirt.Opened));
        Assert.Equal("qemu:///system: 1 instances", agent.Status().Detail);
    }

    [Fact]
    public async Task Metadata_is_the_same_object_for_as_long_as_nothing_in_it_changes()
    {
        using var agent = Agent();
        var first = await Round.PollAsync(agent);
        var second = await Round.PollAsync(agent);
        var before = first.Samples.ToDictionary(Key);
        Assert.All(second.Samples, sample => Assert.Same(before[Key(sample)].Metadata, sample.Metadata));
        _libvirt.Domains[0] = SomeDomain.Running(state: 3);
        var third = await Round.PollAsync(agent);
        Assert.Equal("paused", third.Samples[0].Metadata["status"]);
    }

    [Fact]
    public async Task Without_the_library_nothing_is_found_and_that_is_said_once()
    {
        using var agent = new LibvirtAgent(
            new LibvirtOptions(), TimeProvider.System, _reports.Add, new NativeLibvirt("libnothere.so.9"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty((await Round.PollAsync(agent)).Samples);
        }

        const string fault =
            "the library libnothere.so.9 is not installed (Debian: libvirt0): instances are not observed";
        Assert.Equal([$"libvirt: {fault}"], _reports);
        Assert.Equal(new PartView("libvirt", false, fault), agent.Status());
    }

    [Fact]
    public async Task A_lost_connection_is_opened_anew_within_the_call()
    {
        using var agent = Agent();
        await Round.PollAsync(agent);
        _libvirt.Failures.Enqueue(FakeLibvirt.Disconnected);
        Assert.NotEmpty((await Round.PollAsync(agent)).Samples);
        Assert.Equal((2, 1), (_libvirt.Opened, _libvirt.Closed));
        Assert.Empty(_reports);
    }

    [Fact]
    public async Task A_hypervisor_that_is_gone_fails_the_poll_and_is_said_once_until_it_is_back()
    {
        using var agent = Agent();
        for (var i = 0; i < 2; i++)
        {
            _libvirt.Failures.Enqueue(new LibvirtException(5, 7, "cannot connect to qemu:///system: no socket"));
            var fault = await Assert.ThrowsAsync<LibvirtException>(() => Round.PollAsync(agent));
            Assert.Equal("cannot connect to qemu:///system: no socket", fault.Message);
        }

        Assert.False(agent.Status().Ok);
        await Round.PollAsync(agent);
        Assert.Equal(
            ["libvirt: cannot connect to qemu:///system: no socket", "libvirt: qemu:///system answers again"],
            _reports);
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_and_further_ones_are_refused_until_it_returns()
    {
        using var gate = new ManualResetEventSlim();
        _libvirt.Blocks = gate;
        using var agent = Agent(new LibvirtOptions { Timeout = TimeSpan.FromMilliseconds(100) });
        var first = await Assert.ThrowsAsync<LibvirtException>(() => Round.PollAsync(agent));
        var second = await Assert.ThrowsAsync<LibvirtException>(() => Round.PollAsync(agent));
        Assert.Equal("libvirt did not answer within 0.1 s", first.Message);
        Assert.Equal("libvirt still has not answered an earlier call", second.Message);

        gate.Set();
        var deadline = TimeProvider.System.GetTimestamp();
        while (await Record.ExceptionAsync(() => Round.PollAsync(agent)) is not null)
        {
            Assert.InRange(TimeProvider.System.GetElapsedTime(deadline).TotalSeconds, 0, 10);
            await Task.Delay(10);
        }

        Assert.Equal(1, _libvirt.Closed);
    }

    [Fact]
    public async Task An_instance_whose_sizes_are_refused_is_not_asked_for_them_again()
    {
        _libvirt.SpaceFails = FakeLibvirt.Unsupported;
        using var agent = Agent();
        var found = await Round.PollAsync(agent);
        Assert.Equal(6, found.Failed.Count);
        Assert.All(found.Failed, resource => Assert.Equal(SomeDomain.Id, resource.Key));
        Assert.DoesNotContain(found.Samples, sample => sample.Meter == "disk.capacity");
        Assert.Contains(found.Samples, sample => sample.Meter == "cpu");
    }

    [Fact]
    public async Task An_instance_that_went_meanwhile_just_has_no_sizes()
    {
        _libvirt.SpaceFails = new LibvirtException(42, 10, "no such domain");
        using var agent = Agent();
        Assert.Empty((await Round.PollAsync(agent)).Failed);
    }

    [Fact]
    public async Task A_domain_that_cannot_be_read_is_said_once_and_stops_no_other()
    {
        _libvirt.Domains.Add(new RawDomain("id-2", "odd", "<domain", new DomainStats()));
        using var agent = Agent();
        await Round.PollAsync(agent);
        var found = await Round.PollAsync(agent);
        Assert.StartsWith("libvirt: odd: its description is not XML: ", Assert.Single(_reports));
        Assert.Contains("; 1 domains cannot be read, one: odd: ", agent.Status().Detail);
        Assert.All(found.Samples, sample => Assert.StartsWith(
            SomeDomain.Id, sample.ResourceId.Replace("instance-0000000a-", "")));
    }

    [Fact]
    public async Task The_graph_holds_the_instance_on_its_host_and_loses_it_when_it_is_gone()
    {
        using var agent = Agent();
        var pollsters = LibvirtPollsters.All(agent);
        var seen = (await Round.PollAsync(agent, pollsters)).Observations;
        Assert.Equal(["nova.host:node-1", $"nova.instance:{SomeDomain.Id}"], seen.Select(one => $"{one.Entity}"));
        Assert.Null(seen[0].State);
        Assert.Equal(("ACTIVE", "web-1", "libvirt"), (seen[1].State, seen[1].Name, seen[1].Datasource));
        Assert.Equal(
            [
                new ObservedRelation("contains", RelationDirection.In, new EntityRef("nova.host", "node-1")),
                new ObservedRelation("attached", RelationDirection.In, new EntityRef("neutron.port", "port-1")),
            ],
            seen[1].Relations);

        _libvirt.Domains.Clear();
        var after = (await Round.PollAsync(agent, pollsters)).Observations;
        Assert.Equal(ObservationAction.Delete, after[^1].Action);
        Assert.Single((await Round.PollAsync(agent, pollsters)).Observations);
    }

    [Theory]
    [InlineData(0, "BUILDING")]
    [InlineData(1, "ACTIVE")]
    [InlineData(2, "ACTIVE")]
    [InlineData(3, "PAUSED")]
    [InlineData(4, "STOPPED")]
    [InlineData(5, "STOPPED")]
    [InlineData(6, "ERROR")]
    [InlineData(7, "SUSPENDED")]
    [InlineData(99, "BUILDING")]
    public async Task A_state_is_Novas_word_for_libvirts_number(int state, string expected)
    {
        _libvirt.Domains[0] = SomeDomain.Running(state: state);
        using var agent = Agent();
        Assert.Equal(expected, (await Round.PollAsync(agent)).Observations[1].State);
    }

    [Fact]
    public void Discoveries_are_shared_among_the_agents_of_a_host()
    {
        using var agent = Agent();
        Assert.Equal(
            [("local_instances", "node-1"), ("libvirt_host", "node-1")],
            LibvirtPollsters.Discoveries(agent).Select(discovery => (discovery.Name, discovery.Group)));
    }

    private LibvirtAgent Agent(LibvirtOptions? options = null) =>
        new((options ?? new LibvirtOptions()) with { Host = "node-1" }, TimeProvider.System, _reports.Add, _libvirt);

    private static string Key(PolledSample sample) => $"{sample.Meter} {sample.ResourceId}";
}
