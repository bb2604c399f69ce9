using Ops.Collectors.Libvirt.Domains;

namespace Ops.Unit.Collectors.Libvirt;

/// <summary>Domains as libvirt 9 gives them.</summary>
internal static class SomeDomain
{
    public const string Id = "5f0c1d3a-9f52-4f5e-9d0b-2a7d5f3a1b11";

    /// <summary>A description as Nova 26 has libvirt make it, without what is not read.</summary>
    public const string Xml = """
        <domain type='kvm' id='1'>
          <name>instance-0000000a</name>
          <uuid>5f0c1d3a-9f52-4f5e-9d0b-2a7d5f3a1b11</uuid>
          <metadata>
            <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
              <nova:package version="26.2.2"/>
              <nova:name>web-1</nova:name>
              <nova:flavor name="m1.small">
                <nova:memory>2048</nova:memory>
                <nova:disk>20</nova:disk>
                <nova:swap>0</nova:swap>
                <nova:ephemeral>5</nova:ephemeral>
                <nova:vcpus>2</nova:vcpus>
              </nova:flavor>
              <nova:owner>
                <nova:user uuid="user-1">admin</nova:user>
                <nova:project uuid="project-1">demo</nova:project>
              </nova:owner>
              <nova:root type="image" uuid="image-1"/>
              <nova:ports><nova:port uuid="port-1"/></nova:ports>
            </nova:instance>
          </metadata>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <disk type='file' device='disk'><source file='/d'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='disk'><source file='/e'/><target dev='vdb' bus='virtio'/></disk>
            <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
            <interface type='bridge'>
              <mac address='fa:16:3e:00:00:01'/>
              <source bridge='br-int'/>
              <virtualport type='openvswitch'><parameters interfaceid='port-1'/></virtualport>
              <target dev='tap1'/>
            </interface>
            <interface type='user'><mac address='fa:16:3e:00:00:02'/></interface>
          </devices>
        </domain>
        """;

    /// <summary>A domain that runs, with figures of every group.</summary>
    public static RawDomain Running(string xml = Xml, int state = 1) => new(Id, "instance-0000000a", xml, Stats(state));

    public static DomainStats Stats(int state = 1)
    {
        var stats = new DomainStats();
        foreach (var (name, value) in new (string, double)[]
        {
            ("state.state", state), ("cpu.time", 900), ("vcpu.current", 2), ("vcpu.maximum", 4), ("vcpu.0.time", 100),
            ("vcpu.0.wait", 10), ("vcpu.2.time", 200), ("vcpu.2.wait", 20), ("balloon.available", 2_097_152),
            ("balloon.unused", 1_048_576), ("balloon.usable", 1_572_864), ("balloon.rss", 524_288),
            ("balloon.swap_in", 2048), ("balloon.swap_out", 4096), ("perf.cmt", 7), ("perf.mbmt", 8), ("perf.mbml", 9),
            ("perf.cpu_cycles", 11), ("perf.instructions", 12), ("perf.cache_references", 13),
            ("perf.cache_misses", 14), ("block.count", 3), ("net.count", 2),
        })
        {
            stats.Add(name, value);
        }

        AddGroup(stats, "block.0", "vda", ["rd.reqs", "rd.bytes", "rd.times", "wr.reqs", "wr.bytes", "wr.times"], 1000);
        AddGroup(stats, "block.1", "vdb", ["rd.reqs", "rd.bytes", "rd.times", "wr.reqs", "wr.bytes", "wr.times"], 2000);
        AddGroup(stats, "block.2", "sda", ["rd.reqs", "rd.bytes", "rd.times", "wr.reqs", "wr.bytes", "wr.times"], 3000);
        AddGroup(stats, "net.1", "tap1",
            ["rx.bytes", "rx.pkts", "rx.errs", "rx.drop", "tx.bytes", "tx.pkts", "tx.errs", "tx.drop"], 50);
        return stats;
    }

    private static void AddGroup(DomainStats stats, string group, string name, string[] figures, double first)
    {
        stats.Add($"{group}.name", name);
        for (var i = 0; i < figures.Length; i++)
        {
            stats.Add($"{group}.{figures[i]}", first + i);
        }
    }
}
