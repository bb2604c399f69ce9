using Ops.Collectors.Redis;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class RedisOptionsReaderTests
{
    private readonly ConfigFaults _faults = new();

    [Fact]
    public void Servers_are_URLs_or_mappings_with_one()
    {
        var options = Read("""
            interval: 5s
            timeout: 500ms
            targets:
              - redis://10.0.0.1
              - {url: 'rediss://ops:p%40ss@cache.example:6380', name: cache}
              - {url: 'redis://[::1]:7000', user: u, password: p, tls: true}
            sentinels:
              - redis://secret@10.0.0.9
            """);
        Assert.Empty(_faults.All);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500)), (options.Interval, options.Timeout));
        Assert.Equal(
            [
                new RedisTarget("10.0.0.1", 6379),
                new RedisTarget("cache.example", 6380) { Name = "cache", User = "ops", Password = "p@ss", Tls = true },
                new RedisTarget("::1", 7000) { User = "u", Password = "p", Tls = true },
            ],
            options.Targets);
        Assert.Equal([new RedisTarget("10.0.0.9", 26379) { Password = "secret" }], options.Sentinels);
    }

    [Fact]
    public void Every_fault_is_named_with_its_place_and_no_password_is_quoted()
    {
        var options = Read("""
            intervall: 5s
            timeout: 2m
            targets:
              - http://:secret@10.0.0.1
              - redis://10.0.0.1
              - {url: 'redis://10.0.0.1:6379', nam: x}
              - {name: y}
              - {url: 'redis://h', ca_file: /no/such.pem}
            sentinels: redis://10.0.0.1/0
            """);
        Assert.Equal(
            [
                "f.yaml:1:1: unknown key 'intervall' in redis; allowed: interval, timeout, targets, sentinels. "
                    + "Did you mean 'interval'?",
                "f.yaml:2:10: 'timeout' of redis must lie between 100ms and 1m, found '2m'",
                "f.yaml:4:5: a URL of targets of redis must read redis://[user:password@]host[:port], or rediss:// "
                    + "for TLS",
                "f.yaml:6:36: unknown key 'nam' in one of targets of redis; allowed: url, name, user, password, tls, "
                    + "ca_file. Did you mean 'name'?",
                "f.yaml:6:5: '10.0.0.1:6379' occurs twice in targets of redis",
                "f.yaml:7:5: one of targets of redis needs 'url'",
                "f.yaml:8:33: 'ca_file' of one of targets of redis: there is no file '/no/such.pem'",
                "f.yaml:9:12: 'sentinels' of redis must be a list, found 'redis://10.0.0.1/0'",
            ],
            _faults.All.Select(fault => fault.ToString()));
        Assert.Equal(2, options.Targets.Count);
    }

    [Fact]
    public void A_target_never_shows_its_password() =>
        Assert.Equal("h:1", new RedisTarget("h", 1) { Password = "secret" }.ToString());

    private RedisOptions Read(string yaml) =>
        RedisOptionsReader.Read(YamlReader.Read(yaml, "f.yaml", _faults)!, _faults);
}
