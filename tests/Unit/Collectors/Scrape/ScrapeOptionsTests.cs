using Ops.Collectors.Scrape;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Scrape;

public sealed class ScrapeOptionsTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var (options, faults) = Read(
            """
            interval: 20s
            timeout: 4s
            body_max_mb: 8
            target_series_max: 500
            series_max: 2000
            targets:
              - url: http://web-1:9100
              - url: https://web-2/custom?x=1
                name: web
                interval: 1m
                timeout: 5s
                headers: {X-Scope: a}
                bearer: secret
                tls_verify: false
                keep: ["node_*"]
                drop: ["node_x*"]
                labels: {env: prod, instance: web-two}
            """);
        Assert.Empty(faults.All);
        Assert.Equal((8, 500, 2000), (options.BodyMegabytesMax, options.TargetSeriesMax, options.SeriesMax));
        var (first, second) = (options.Targets[0], options.Targets[1]);
        Assert.Equal("http://web-1:9100/metrics", first.Url.ToString());
        Assert.Equal(("web-1:9100", "web-1:9100", "web-1:9100"), (first.Name, first.Instance, first.EntityId));
        Assert.Equal((20, 4), (first.Interval.TotalSeconds, first.Timeout.TotalSeconds));
        Assert.Equal(("web", "web-two", "web-two"), (second.Name, second.Instance, second.EntityId));
        Assert.Equal((60, 5), (second.Interval.TotalSeconds, second.Timeout.TotalSeconds));
        Assert.Equal(["X-Scope=a", "Authorization=Bearer secret"], second.Headers.Select(h => $"{h.Key}={h.Value}"));
        Assert.False(second.VerifiesCertificate);
        Assert.Equal(["node_*"], second.Keep);
        Assert.Equal(["node_x*"], second.Drop);
    }

    [Fact]
    public void Targets_that_share_an_instance_are_told_apart_by_their_paths()
    {
        var (options, faults) = Read("targets: [{url: 'http://k:1/metrics'}, {url: 'http://k:1/metrics/cadvisor'}]");
        Assert.Empty(faults.All);
        Assert.Equal(["k:1/metrics", "k:1/metrics/cadvisor"], options.Targets.Select(target => target.EntityId));
        Assert.Equal(["k:1", "k:1"], options.Targets.Select(target => target.Instance));
    }

    [Fact]
    public void A_timeout_is_never_longer_than_the_interval() => Assert.Equal(
        TimeSpan.FromSeconds(5), Read("targets: [{url: 'http://k', interval: 5s}]").Options.Targets[0].Timeout);

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var (_, faults) = Read(
            """
            target_series_max: 0
            targets:
              - {url: "ftp://x", nam: y}
              - {name: y}
              - {url: "http://u:p@x"}
              - {url: "http://x", interval: 5s, timeout: 10s, labels: {9a: b, c: [d]}, keep: [null], bearer: "a b"}
              - {url: "http://x/metrics", headers: {"a b": c}}
              - {url: "http://y", name: n}
              - {url: "http://z", name: n}
            """);
        Assert.Equal(
            [
                "ops.yaml:3:22: unknown key 'nam' in a scrape target; allowed: url, name, interval, timeout, headers, "
                + "bearer, tls_verify, keep, drop, labels. Did you mean 'name'?",
                "ops.yaml:3:11: 'url' of a scrape target must begin with http:// or https:// and a host, found "
                + "'ftp://x'",
                "ops.yaml:4:5: a scrape target needs 'url'",
                "ops.yaml:5:11: 'url' of a scrape target must not hold a user and password; give a header instead",
                "ops.yaml:6:46: 'timeout' of scrape target 'http://x/metrics' must be at most its interval of 5 s, "
                + "found '10s'",
                "ops.yaml:6:98: 'bearer' of scrape target 'http://x/metrics' must be one word",
                "ops.yaml:6:83: 'keep' of scrape target 'http://x/metrics' must hold patterns, found nothing",
                "ops.yaml:6:59: '9a' in 'labels' of scrape target 'http://x/metrics' is no name of a label: letters, "
                + "digits and _, not beginning with a digit",
                "ops.yaml:6:70: label 'c' of scrape target 'http://x/metrics' must be text, found a list",
                "ops.yaml:7:40: 'a b' in 'headers' of scrape target 'http://x/metrics' is no name of a header",
                "ops.yaml:7:11: scrape target 'http://x/metrics' occurs twice",
                "ops.yaml:9:29: scrape target name 'n' occurs twice",
                "ops.yaml:1:20: 'target_series_max' of scrape must be a whole number from 1 to 10000000, found '0'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static (ScrapeOptions Options, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (ScrapeOptionsReader.Read(YamlReader.Read(yaml, "ops.yaml", faults), faults), faults);
    }
}
