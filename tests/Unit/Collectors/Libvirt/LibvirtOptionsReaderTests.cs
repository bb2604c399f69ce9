using Ops.Collectors.Libvirt;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Libvirt;

public sealed class LibvirtOptionsReaderTests
{
    private readonly ConfigFaults _faults = new();

    [Fact]
    public void Every_key_is_read()
    {
        var options = Read("{uri: 'qemu:///session', host: node-1, domains: all, timeout: 2s}");
        Assert.Empty(_faults.All);
        Assert.Equal(
            new LibvirtOptions
            {
                Uri = "qemu:///session", Host = "node-1", NovaOnly = false, Timeout = TimeSpan.FromSeconds(2),
            },
            options);
    }

    [Fact]
    public void What_is_left_out_has_its_default() => Assert.Equal(new LibvirtOptions(), Read("{}"));

    [Fact]
    public void Every_fault_is_named_with_its_place_and_what_is_allowed()
    {
        Assert.Equal(new LibvirtOptions(), Read("{url: x, uri: '', domains: nove, timeout: 1ms, host: []}"));
        Assert.Equal(
            [
                "f.yaml:1:2: unknown key 'url' in libvirt; allowed: uri, host, domains, timeout. Did you mean 'uri'?",
                "f.yaml:1:15: 'uri' of libvirt must have 1 to 1024 characters, found 0",
                "f.yaml:1:54: 'host' of libvirt must be text, found a list",
                "f.yaml:1:28: 'domains' of libvirt must be one of nova, all, found 'nove'. Did you mean 'nova'?",
                "f.yaml:1:43: 'timeout' of libvirt must lie between 100ms and 10m, found '1ms'",
            ],
            _faults.All.Select(fault => fault.ToString()));
    }

    private LibvirtOptions Read(string yaml) =>
        LibvirtOptionsReader.Read(YamlReader.Read(yaml, "f.yaml", _faults)!, _faults);
}
