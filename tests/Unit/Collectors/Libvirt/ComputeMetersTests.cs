using Ops.Collectors.Libvirt;
using Ops.Collectors.Libvirt.Domains;
using Ops.Collectors.Libvirt.Meters;
using Ops.Collectors.Polling;
using Ops.Model;
using Ops.Unit.Architecture;
using Xunit;

namespace Ops.Unit.Collectors.Libvirt;

public sealed class ComputeMetersTests
{
    private const string Id = SomeDomain.Id;
    private const string Vnic = $"instance-0000000a-{Id}-tap1";

    /// <summary>Names, kinds, units and resources from Ceilometer's list of meters; values from the fake.</summary>
    private const string Expected = $"""
        cpu cumulative ns {Id} 330
        cpu_l3_cache gauge B {Id} 7
        disk.allocation gauge B {Id} 21
        disk.capacity gauge B {Id} 201
        disk.device.allocation gauge B {Id}-vda 10
        disk.device.allocation gauge B {Id}-vdb 11
        disk.device.capacity gauge B {Id}-vda 100
        disk.device.capacity gauge B {Id}-vdb 101
        disk.device.read.bytes cumulative B {Id}-vda 1001
        disk.device.read.bytes cumulative B {Id}-vdb 2001
        disk.device.read.latency cumulative ns {Id}-vda 1002
        disk.device.read.latency cumulative ns {Id}-vdb 2002
        disk.device.read.requests cumulative request {Id}-vda 1000
        disk.device.read.requests cumulative request {Id}-vdb 2000
        disk.device.usage gauge B {Id}-vda 50
        disk.device.usage gauge B {Id}-vdb 51
        disk.device.write.bytes cumulative B {Id}-vda 1004
        disk.device.write.bytes cumulative B {Id}-vdb 2004
        disk.device.write.latency cumulative ns {Id}-vda 1005
        disk.device.write.latency cumulative ns {Id}-vdb 2005
        disk.device.write.requests cumulative request {Id}-vda 1003
        disk.device.write.requests cumulative request {Id}-vdb 2003
        disk.read.bytes cumulative B {Id} 3002
        disk.read.requests cumulative request {Id} 3000
        disk.usage gauge B {Id} 101
        disk.write.bytes cumulative B {Id} 3008
        disk.write.requests cumulative request {Id} 3006
        instance gauge instance {Id} 1
        memory.available gauge MiB {Id} 2048
        memory.bandwidth.local gauge B/s {Id} 9
        memory.bandwidth.total gauge B/s {Id} 8
        memory.resident gauge MB {Id} 512
        memory.swap.in cumulative MB {Id} 2
        memory.swap.out cumulative MB {Id} 4
        memory.usage gauge MB {Id} 512
        network.incoming.bytes cumulative B {Vnic} 50
        network.incoming.packets cumulative packet {Vnic} 51
        network.incoming.packets.drop cumulative packet {Vnic} 53
        network.incoming.packets.error cumulative packet {Vnic} 52
        network.outgoing.bytes cumulative B {Vnic} 54
        network.outgoing.packets cumulative packet {Vnic} 55
        network.outgoing.packets.drop cumulative packet {Vnic} 57
        network.outgoing.packets.error cumulative packet {Vnic} 56
        perf.cache.misses gauge count {Id} 14
        perf.cache.references gauge count {Id} 13
        perf.cpu.cycles gauge cycle {Id} 11
        perf.instructions gauge instruction {Id} 12
        power.state gauge state {Id} 1
        vcpus gauge vcpu {Id} 2
        """;

    private readonly FakeLibvirt _libvirt = new();

    [Fact]
    public async Task Every_meter_of_the_catalogue_that_libvirt_gives_is_there_with_its_unit_and_resource()
    {
        var lines = (await PollAsync()).Samples
            .Select(sample => FormattableString.Invariant(
                $"{sample.Meter} {sample.Kind.Word()} {sample.Unit} {sample.ResourceId} {sample.Volume}"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', lines));
    }

    [Fact]
    public async Task Metadata_is_what_Ceilometer_writes()
    {
        var samples = (await PollAsync()).Samples;
        var metadata = samples.Single(sample => sample.Meter == "cpu").Metadata;
        Assert.Equal(
            "architecture=x86_64 cpu_number=2 disk_gb=20 display_name=web-1 ephemeral_gb=5 "
            + "flavor=[disk=20 ephemeral=5 id=m1.small name=m1.small ram=2048 swap=0 vcpus=2] "
            + "host=f85c0ba7039ddba0e5f8631044459548fae99f77d1affdd59231b011 image=[id=image-1] image_ref=image-1 "
            + "image_ref_url= instance_host=node-1 instance_id=5f0c1d3a-9f52-4f5e-9d0b-2a7d5f3a1b11 "
            + "instance_type=m1.small memory_mb=2048 name=instance-0000000a os_type=hvm root_gb=15 state=running "
            + "status=active task_state= vcpus=2",
            Text(metadata));
        Assert.Equal(
            ("project-1", "user-1", "web-1"),
            (samples[0].ProjectId, samples[0].UserId, samples[0].ResourceName));
    }

    [Fact]
    public async Task Disks_and_interfaces_bear_their_own_metadata()
    {
        var samples = (await PollAsync()).Samples;
        Assert.Equal("vdb", samples.Last(one => one.Meter == "disk.device.read.bytes").Metadata["disk_name"]);
        Assert.Equal(
            ["vda", "vdb"],
            Assert.IsAssignableFrom<IReadOnlyList<string>>(
                samples.Single(one => one.Meter == "disk.read.bytes").Metadata["device"]));
        var vnic = samples.Single(one => one.Meter == "network.incoming.bytes").Metadata;
        Assert.Equal(
            ("tap1", "fa:16:3e:00:00:01", null, "tap1"), (vnic["name"], vnic["mac"], vnic["fref"], vnic["vnic_name"]));
        Assert.Equal("[bridge=br-int interfaceid=port-1]", Text(vnic["parameters"]));
    }

    [Fact]
    public async Task An_interface_with_a_filter_is_known_by_it()
    {
        _libvirt.Domains[0] = SomeDomain.Running(SomeDomain.Xml.Replace(
            "<target dev='tap1'/>",
            "<target dev='tap1'/><filterref filter='no-spoof'><parameter name='IP' value='10.0.0.2'/></filterref>"));
        var sample = (await PollAsync()).Samples.Single(one => one.Meter == "network.incoming.bytes");
        Assert.Equal(("no-spoof", "no-spoof"), (sample.ResourceId, sample.Metadata["vnic_name"]));
        Assert.Equal("[bridge=br-int interfaceid=port-1 ip=10.0.0.2]", Text(sample.Metadata["parameters"]));
    }

    [Fact]
    public async Task CPU_time_falls_back_to_the_domains_where_a_virtual_CPU_gives_none()
    {
        _libvirt.Domains[0].Stats.Add("vcpu.current", 3);
        Assert.Equal(900, (await PollAsync()).Samples.Single(one => one.Meter == "cpu").Volume);
    }

    [Fact]
    public async Task Memory_in_use_is_reckoned_from_what_the_guest_says_or_is_not_known()
    {
        var stats = new DomainStats();
        stats.Add("state.state", 1);
        stats.Add("balloon.available", 4096);
        stats.Add("balloon.unused", 1024);
        _libvirt.Domains[0] = SomeDomain.Running() with { Stats = stats };
        Assert.Equal(3, (await PollAsync()).Samples.Single(one => one.Meter == "memory.usage").Volume);

        var silent = new DomainStats();
        silent.Add("state.state", 1);
        silent.Add("balloon.available", 4096);
        _libvirt.Domains[0] = SomeDomain.Running() with { Stats = silent };
        Assert.DoesNotContain((await PollAsync()).Samples, one => one.Meter == "memory.usage");
    }

    [Fact]
    public async Task An_instance_that_is_shut_off_has_no_figures()
    {
        _libvirt.Domains[0] = SomeDomain.Running(state: 5);
        var samples = (await PollAsync()).Samples;
        Assert.Equal(["instance", "power.state"], samples.Select(sample => sample.Meter).Order());
        Assert.Equal("stopped", samples[0].Metadata["status"]);
    }

    [Fact]
    public void Every_meter_has_its_row_in_the_page()
    {
        var page = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/compute-agent.md"));
        Assert.All(ComputeMeters.All, meter => Assert.Contains(
            $"| `{meter.Name}` | {meter.Kind.Word()} | {meter.Unit} | {meter.Subject} |", page));
    }

    private Task<PollFindings> PollAsync() => Round.PollAsync(
        new LibvirtAgent(new LibvirtOptions { Host = "node-1" }, TimeProvider.System, null, _libvirt));

    private static string Text(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map when map.ContainsKey("instance_id") => Members(map),
        IReadOnlyDictionary<string, object?> map => $"[{Members(map)}]",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string Members(IReadOnlyDictionary<string, object?> map) =>
        string.Join(' ', map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={Text(pair.Value)}"));
}
