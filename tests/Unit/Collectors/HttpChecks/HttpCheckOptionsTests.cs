using Ops.Collectors.HttpChecks;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.HttpChecks;

public sealed class HttpCheckOptionsTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var (options, faults) = Read(
            """
            body_max_kb: 64
            checks:
              - name: shop
                url: https://shop.example.org/health?x=1
                method: post
                headers: {Content-Type: application/json}
                body: "{}"
                expect: {status: [200, 3XX], body_contains: ok, body_regex: "v[0-9]", within: 500ms}
                interval: 1m
                timeout: 5s
                tls_verify: false
                follow_redirects: false
              - {name: plain, url: "http://x", expect: {status: 204}}
            """);
        Assert.Empty(faults.All);
        Assert.Equal(64, options.BodyKilobytesMax);
        var (shop, plain) = (options.Checks[0], options.Checks[1]);
        Assert.Equal((HttpMethod.Post, "{}"), (shop.Method, shop.Body));
        Assert.Equal(["200", "3xx"], shop.Expect.Status);
        Assert.Equal(("ok", "v[0-9]"), (shop.Expect.BodyContains, shop.Expect.BodyRegex!.ToString()));
        Assert.Equal(TimeSpan.FromMilliseconds(500), shop.Expect.Within);
        Assert.Equal((60, 5), (shop.Interval.TotalSeconds, shop.Timeout.TotalSeconds));
        Assert.False(shop.VerifiesCertificate || shop.FollowsRedirections);
        Assert.Equal(["204"], plain.Expect.Status);
        Assert.Equal((30, 10), (plain.Interval.TotalSeconds, plain.Timeout.TotalSeconds));
        Assert.True(plain.VerifiesCertificate && plain.FollowsRedirections);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var (_, faults) = Read(
            """
            checks:
              - {url: "http://x"}
              - {name: a, url: x, methd: GET}
              - {name: b, url: "http://x", method: FETCH, expect: {status: [99, 2x], body_regex: "(?=a)"}}
              - {name: b, url: "http://x", interval: 5s, timeout: 6s, expect: {contains: x}}
            """);
        Assert.Equal(
            [
                "ops.yaml:2:5: an HTTP check needs 'name'",
                "ops.yaml:3:23: unknown key 'methd' in an HTTP check; allowed: name, url, method, headers, body, "
                + "expect, interval, timeout, tls_verify, follow_redirects. Did you mean 'method'?",
                "ops.yaml:3:20: 'url' of HTTP check 'a' must begin with http:// or https:// and a host, found 'x'",
                "ops.yaml:4:65: 'status' of 'expect' of HTTP check 'b' must be from 100 to 599 or a class such as 2xx, "
                + "found '99'",
                "ops.yaml:4:69: 'status' of 'expect' of HTTP check 'b' must be from 100 to 599 or a class such as 2xx, "
                + "found '2x'",
                "'body_regex' of 'expect' of HTTP check 'b' cannot be used: ",
                "ops.yaml:4:40: 'method' of HTTP check 'b' must be one of GET, HEAD, POST, PUT, PATCH, DELETE, "
                + "OPTIONS, found 'FETCH'",
                "ops.yaml:5:68: unknown key 'contains' in 'expect' of HTTP check 'b'; allowed: status, body_contains, "
                + "body_regex, within",
                "ops.yaml:5:55: 'timeout' of HTTP check 'b' must be at most its interval of 5 s, found '6s'",
                "ops.yaml:5:12: HTTP check name 'b' occurs twice",
            ],
            faults.All.Select(fault => fault.ToString() is var text && text.Contains("(?=a)", StringComparison.Ordinal)
                || fault.Message.StartsWith("'body_regex'", StringComparison.Ordinal)
                ? fault.Message[..59]
                : fault.ToString()));
    }

    private static (HttpCheckOptions Options, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (HttpCheckOptionsReader.Read(YamlReader.Read(yaml, "ops.yaml", faults), faults), faults);
    }
}
