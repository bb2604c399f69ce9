using Ops.Unit.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Cli;

public sealed class CheckVerbTests : IDisposable
{
    private readonly CliHost _cli = new();
    private readonly ScratchFolder _folder = new();

    [Fact]
    public async Task A_configuration_without_fault_is_well()
    {
        _folder.Write("ops.yaml", "data: /x");
        Assert.Equal(0, await _cli.RunAsync("check", _folder.Path));
        Assert.Equal("1 file, no faults\n", _cli.Output.ToString());
    }

    [Fact]
    public async Task Every_fault_of_every_file_is_told()
    {
        _folder.Write("ops.yaml", "dta: /x\nlog: {level: loud}");
        _folder.Write("alarms/a.yaml", "a: [");
        _folder.Write("alarm/b.yaml", "");
        Assert.Equal(1, await _cli.RunAsync("check", _folder.Path));
        var lines = _cli.Output.ToString().TrimEnd().Split('\n');
        Assert.Equal(
            [
                $"{_folder.At("alarm")}: nothing reads this folder. Did you mean 'alarms'? (warning)",
                $"{_folder.At("ops.yaml")}:1:1: unknown key 'dta' in ops.yaml; allowed: listen, hosts, data, machine, "
                + "store, auth, log, telemetry_secret, transport_url, polling, scrape, http_checks, otlp, influx_udp, "
        + "statsd, collectd, snmp, snmp_traps, ipmi, libvirt, redis, clouds, notifications, datasources. "
        + "Did you mean 'data'?",
                $"{_folder.At("ops.yaml")}:2:14: 'level' of log must be one of debug, information, warning, error, "
                + "found 'loud'",
            ],
            lines[..3]);
        Assert.StartsWith($"{_folder.At("alarms/a.yaml")}:2:1: not valid YAML: ", lines[3]);
        Assert.Equal("2 files, 3 faults", lines[4]);
    }

    [Fact]
    public async Task Faults_are_told_as_json()
    {
        _folder.Write("ops.yaml", "dta: /x");
        Assert.Equal(1, await _cli.RunAsync("check", _folder.Path, "--json"));
        Assert.StartsWith("{\"ok\":false,\"files\":1,\"faults\":[{\"file\":", _cli.Output.ToString());
        Assert.Contains("\"line\":1,\"column\":1,\"message\":\"unknown key 'dta'", _cli.Output.ToString());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_bad_input()
    {
        Assert.Equal(2, await _cli.RunAsync("check", _folder.At("nope")));
        Assert.Equal($"ops: {_folder.At("nope")}: there is no such folder", _cli.Error.ToString().TrimEnd());
    }

    public void Dispose() => _folder.Dispose();
}
