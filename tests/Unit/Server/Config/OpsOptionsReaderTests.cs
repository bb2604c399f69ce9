using Microsoft.Extensions.Logging;
using Ops.Model;
using Ops.Server.Api.Security;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Server.Config;

public sealed class OpsOptionsReaderTests
{
    private const string Hash = "2BB80D537B1DA3E38BD30361AA855686BDE0EACD7162FEF6A25FE97BF527A25B";

    private readonly ConfigFaults _faults = new();

    [Fact]
    public void Every_setting_has_a_default()
    {
        var options = OpsOptionsReader.Read((ConfigNode?)null, _faults);
        Assert.Equal([new ListenAddress("127.0.0.1", 8080)], options.Listen);
        Assert.Equal("./ops-data", options.DataFolder);
        Assert.Equal(new MachineSection(), options.Machine);
        Assert.Equal((true, 10, 3600),
            (options.Machine.Enabled, options.Machine.Interval.TotalSeconds, options.Machine.ForgetAfter.TotalSeconds));
        Assert.Equal(TimeSpan.FromDays(14), options.Store.Retention.Raw);
        Assert.Empty(options.Auth.Tokens);
        Assert.Equal(LogLevel.Information, options.Log.Level);
    }

    [Fact]
    public void The_address_of_grpc_keeps_to_the_rule_of_all_addresses()
    {
        var root = YamlReader.Read("otlp: {grpc_listen: 'http://0.0.0.0:4317'}", "ops.yaml", _faults);
        var options = OpsOptionsReader.Read(root, _faults);
        Assert.Equal([ListenAddress.Usual, new ListenAddress("0.0.0.0", 4317)], options.Addresses);
        Assert.StartsWith(
            "refusing to listen on http://0.0.0.0:4317", ListenRule.Refusal(options.Addresses, options.Auth.Tokens));
        Assert.Equal([ListenAddress.Usual], new OpsOptions().Addresses);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var options = Read($$"""
            listen: http://0.0.0.0:9090, http://[::1]:9091
            hosts: [ops.example.org]
            data: /srv/ops
            machine: {enabled: false, interval: 30s, forget_after: 2h}
            store: {retention: {raw: 90d} }
            auth: {tokens: [{name: grafana, sha256: {{Hash}}, role: reader}]}
            log: {level: debug}
            """);
        Assert.True(_faults.None);
        Assert.Equal([new("0.0.0.0", 9090), new ListenAddress("::1", 9091)], options.Listen);
        Assert.Equal(["ops.example.org"], options.Hosts);
        Assert.Equal("/srv/ops", options.DataFolder);
        Assert.False(options.Machine.Enabled);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Machine.Interval);
        Assert.Equal(TimeSpan.FromHours(2), options.Machine.ForgetAfter);
        Assert.Equal(TimeSpan.FromDays(90), options.Store.Retention.Raw);
        Assert.Equal(
            new ApiToken("grafana", ApiToken.HashOf("secret"), ApiRole.Reader), Assert.Single(options.Auth.Tokens));
        Assert.Equal(LogLevel.Debug, options.Log.Level);
    }

    [Theory]
    [InlineData("lissten: x", "ops.yaml:1:1: unknown key 'lissten' in ops.yaml; allowed: listen, hosts, data, machine, "
        + "store, auth, log, telemetry_secret, transport_url, polling, scrape, http_checks, otlp, influx_udp, "
        + "statsd, collectd, snmp, snmp_traps, ipmi, libvirt, redis, clouds, notifications, datasources. "
        + "Did you mean 'listen'?")]
    [InlineData("listen: nowhere", "ops.yaml:1:9: 'listen' of ops.yaml: 'nowhere' is not an address to listen on; "
        + "write it like http://127.0.0.1:8080")]
    [InlineData("machine: {intervall: 1s}", "ops.yaml:1:11: unknown key 'intervall' in machine; allowed: enabled, "
        + "interval, forget_after. Did you mean 'interval'?")]
    [InlineData("machine: {interval: 10ms}",
        "ops.yaml:1:21: 'interval' of machine must lie between 1s and 1h, found '10ms'")]
    [InlineData("machine: {enabled: perhaps}", "ops.yaml:1:20: 'enabled' of machine must be true or false, found "
        + "'perhaps'")]
    [InlineData("machine: [1]", "ops.yaml:1:10: machine must be a mapping, found a list")]
    [InlineData("store: {retentoin: 1}", "ops.yaml:1:9: unknown key 'retentoin' in store; allowed: flush_every, "
        + "queued_max, memory_mb, query_timeout, retention. Did you mean 'retention'?")]
    [InlineData("store: {retention: {raw: long}}", "ops.yaml:1:26: 'raw' of store.retention must be a duration such as "
        + "10s, 5m or 1h30m, found 'long'")]
    [InlineData("log: {level: loud}",
        "ops.yaml:1:14: 'level' of log must be one of debug, information, warning, error, found 'loud'")]
    [InlineData("hosts: [[x]]", "ops.yaml:1:9: a host must be text, found a list")]
    [InlineData("auth: {tokens: [{sha256: x, role: reader}]}", "ops.yaml:1:17: a token of auth needs 'name'")]
    [InlineData("auth: {tokens: [{name: a, sha256: xyz, role: reader}]}",
        "ops.yaml:1:35: 'sha256' of a token of auth must be 64 hexadecimal digits (sha256sum prints them)")]
    [InlineData("auth: {tokens: [{name: a, sha256: " + Hash + ", role: redaer}]}",
        "ops.yaml:1:107: 'role' of a token of auth must be one of reader, operator, admin, found 'redaer'. "
        + "Did you mean 'reader'?")]
    [InlineData("auth: {tokens: [{name: a, sha256: " + Hash + ", role: admin}, {name: a, sha256: " + Hash
        + ", role: admin}]}", "ops.yaml:1:122: token 'a' occurs twice")]
    public void A_faulty_setting_is_told_with_its_place(string yaml, string message)
    {
        Read(yaml);
        Assert.Equal(message, _faults.All[0].ToString());
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Read("listen: x\nmachine: {interval: y}\nlog: {level: z}\nfoo: 1\n");
        Assert.Equal(4, _faults.All.Count);
    }

    private OpsOptions Read(string yaml) =>
        OpsOptionsReader.Read(YamlReader.Read(yaml, "ops.yaml", _faults), _faults);
}
