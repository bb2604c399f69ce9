using System.Net;
using Ops.Collectors.Collectd;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.StatsD;
using Ops.Collectors.Wire;
using Xunit;

namespace Ops.Unit.Collectors.Wire;

public sealed class ListenTextTests
{
    [Theory]
    [InlineData("127.0.0.1:8125", "127.0.0.1:8125")]
    [InlineData("localhost:1", "127.0.0.1:1")]
    [InlineData("*:8125", "0.0.0.0:8125")]
    [InlineData(":8125", "0.0.0.0:8125")]
    [InlineData("[::1]:8125", "[::1]:8125")]
    public void An_address_is_read(string text, string expected)
    {
        Assert.True(ListenText.TryParse(text, out var endpoint));
        Assert.Equal(expected, endpoint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("8125")]
    [InlineData("host.example:8125")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("127.0.0.1:-1")]
    public void What_is_no_address_is_refused(string text) => Assert.False(ListenText.TryParse(text, out _));

    [Fact]
    public void Only_this_machine_and_allowed_networks_may_send()
    {
        IPNetwork[] networks = [IPNetwork.Parse("10.0.0.0/8")];
        Assert.True(ListenText.IsAllowed(IPAddress.Loopback, []));
        Assert.True(ListenText.IsAllowed(IPAddress.IPv6Loopback, []));
        Assert.True(ListenText.IsAllowed(IPAddress.Parse("10.1.2.3"), networks));
        Assert.True(ListenText.IsAllowed(IPAddress.Parse("::ffff:10.1.2.3"), networks));
        Assert.False(ListenText.IsAllowed(IPAddress.Parse("11.1.2.3"), networks));
    }

    [Fact]
    public void An_address_that_others_reach_needs_networks()
    {
        SomeConfig.Read("listen: '*:8125'", StatsdOptionsReader.Read, out var faults);
        Assert.Equal(
            "statsd listens on 0.0.0.0:8125, which other machines reach, and needs 'allow': the networks that may "
            + "send, such as [10.0.0.0/8]",
            Assert.Single(faults));
        var options = SomeConfig.Read(
            "{listen: '*:8125', allow: [10.0.0.0/8, 192.168.1.5]}", StatsdOptionsReader.Read, out faults);
        Assert.Empty(faults);
        Assert.Equal(["10.0.0.0/8", "192.168.1.5/32"], options.Allow.Select(one => one.ToString()));
    }

    [Fact]
    public void Every_fault_of_the_options_is_told()
    {
        SomeConfig.Read(
            "{listen: nowhere, allow: [much], flush_intervall: 1, flush_interval: 2d, percentiles: [0, 101, x]}",
            StatsdOptionsReader.Read, out var faults);
        Assert.Equal(
            [
                "unknown key 'flush_intervall' in statsd; allowed: listen, listen_tcp, allow, flush_interval, "
                + "percentiles, prefix, resource, forget_after, metrics_max. Did you mean 'flush_interval'?",
                "'listen' of statsd must be ADDRESS:PORT such as 127.0.0.1:8125, or off, found 'nowhere'",
                "an entry of 'allow' of statsd must be a network such as 10.0.0.0/8, found 'much'",
                "'flush_interval' of statsd must be from 1 s to 1 h, found '2d'",
                "an entry of 'percentiles' of statsd must be a number above 0 and at most 100, at most 20 of them, "
                + "found '0'",
                "an entry of 'percentiles' of statsd must be a number above 0 and at most 100, at most 20 of them, "
                + "found '101'",
                "an entry of 'percentiles' of statsd must be a number above 0 and at most 100, at most 20 of them, "
                + "found 'x'",
            ],
            faults);
    }

    [Fact]
    public void Off_listens_nowhere_and_the_rest_has_defaults()
    {
        var statsd = SomeConfig.Read("{listen: off, listen_tcp: '127.0.0.1:8126'}", StatsdOptionsReader.Read, out _);
        Assert.Null(statsd.Listen);
        Assert.Equal(8126, statsd.ListenTcp!.Port);
        Assert.Equal(TimeSpan.FromSeconds(10), statsd.FlushInterval);
        var influx = SomeConfig.Read("{database: d, precision: ms}", InfluxUdpOptionsReader.Read, out var faults);
        Assert.Empty(faults);
        Assert.Equal((8089, "d"), (influx.Listen!.Port, influx.Database));
        SomeConfig.Read("precision: us", InfluxUdpOptionsReader.Read, out faults);
        Assert.Equal(
            "'precision' of influx_udp must be one of ns, u, ms, s, m, h, found 'us'. Did you mean 'ns'?",
            Assert.Single(faults));
    }

    [Fact]
    public void Collectd_needs_users_to_check()
    {
        SomeConfig.Read("{security: sign}", CollectdOptionsReader.Read, out var faults);
        Assert.Equal("'security' of collectd is sign and needs 'users'", Assert.Single(faults));
        SomeConfig.Read("{security: signed, types_db: [/nowhere]}", CollectdOptionsReader.Read, out faults);
        Assert.Equal(
            [
                "'security' of collectd must be one of none, sign, encrypt, found 'signed'. Did you mean 'sign'?",
                "an entry of 'types_db' of collectd must be a file that is there, found '/nowhere'",
            ],
            faults);
        SomeConfig.Read("types_db: [/dev/zero]", CollectdOptionsReader.Read, out faults);
        Assert.Equal("'/dev/zero' of 'types_db' of collectd must have 1 to 4194304 bytes", Assert.Single(faults));
        var options = SomeConfig.Read("{security: encrypt, users: {a: b}}", CollectdOptionsReader.Read, out faults);
        Assert.Empty(faults);
        Assert.Equal(CollectdSecurity.Encrypt, options.Security);
        Assert.Equal("b", options.Users["a"]);
    }

    /// <summary>The lines are those of a Linux 6.1, shortened.</summary>
    [Fact]
    public void The_kernel_tells_what_it_dropped()
    {
        string[] lines =
        [
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref "
            + "pointer drops",
            "  464: 0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 55701 2 "
            + "0000000000000000 17",
            "  465: 0100007F:1FBE 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 55702 2 "
            + "0000000000000000 3",
        ];
        Assert.Equal(17, SocketDrops.Read(lines, 0x1FBD));
        Assert.Equal(0, SocketDrops.Read(lines, 1));
    }
}
