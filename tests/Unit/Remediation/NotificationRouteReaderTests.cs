using Ops.Model;
using Ops.Remediation.Notifications.Routes;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Remediation;

public sealed class NotificationRouteReaderTests
{
    [Fact]
    public void A_full_route_is_read_as_written()
    {
        var route = Assert.Single(Read("""
            routes:
              - name: duty
                url: https://duty.example.org/hook?team=a
                match: {severity: [critical, WARNING], name: "service *", resource_type: serv*, deduced: true}
                headers: {X-Team: storage}
                format: cloudevents
                secret: s3cret
            """, out var faults));

        Assert.Empty(faults);
        Assert.Equal(("duty", "https://duty.example.org/hook?team=a"), (route.Name, route.Url.ToString()));
        Assert.Equal(["CRITICAL", "WARNING"], route.Severities);
        Assert.Equal(("service *", "serv*", true), (route.AlarmName, route.ResourceType, route.Deduced));
        Assert.Equal([KeyValuePair.Create("X-Team", "storage")], route.Headers);
        Assert.Equal((BodyFormat.CloudEvents, "s3cret"), (route.Format, route.Secret));
        Assert.Equal("duty (duty.example.org)", route.ToString());
    }

    [Fact]
    public void By_default_nothing_is_sent()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "etc", "policies", "notifications.yaml");
        Assert.Empty(Read(File.ReadAllText(path), out var faults));
        Assert.Empty(faults);
        Assert.Empty(NotificationRouteReader.Read(null, new ConfigFaults()));
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{severity: warning}", true)]
    [InlineData("{severity: [critical]}", false)]
    [InlineData("{name: 'dependency*'}", true)]
    [InlineData("{name: service*}", false)]
    [InlineData("{resource_type: service}", true)]
    [InlineData("{resource_type: disk}", false)]
    [InlineData("{deduced: true}", true)]
    [InlineData("{deduced: false}", false)]
    public void A_route_takes_what_fits_all_that_it_says(string match, bool takes)
    {
        var route = Assert.Single(Read($"routes: [{{name: a, url: 'http://h/', match: {match}}}]", out _));
        Assert.Equal(takes, route.Takes(SomeAlarm.Lost));
    }

    [Theory]
    [InlineData(
        "route: []",
        "n.yaml:1:1: unknown key 'route' in a notifications file; allowed: routes. Did you mean 'routes'?")]
    [InlineData("routes: [x]", "n.yaml:1:10: a route must be a mapping, found 'x'")]
    [InlineData("routes: [{url: 'http://h/'}]", "n.yaml:1:10: a route needs 'name'")]
    [InlineData("routes: [{name: a}]", "n.yaml:1:10: route 'a' needs 'url'")]
    [InlineData(
        "routes: [{name: a, url: 'ftp://h/'}]",
        "n.yaml:1:25: 'url' of route 'a' must be an http or https address, found 'ftp://h/'")]
    [InlineData(
        "routes: [{name: a, url: 'http://u:p@h/'}]",
        "n.yaml:1:25: 'url' of route 'a' must not hold a user or password; use 'headers'")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', format: alertmanger}]",
        "n.yaml:1:46: 'format' of route 'a' must be one of ops, alertmanager, cloudevents, found 'alertmanger'. "
        + "Did you mean 'alertmanager'?")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', match: {sevrity: x}}]",
        "n.yaml:1:46: unknown key 'sevrity' in 'match' of route 'a'; allowed: severity, name, resource_type, deduced. "
        + "Did you mean 'severity'?")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', match: {deduced: perhaps}}]",
        "n.yaml:1:55: 'deduced' of 'match' of route 'a' must be true or false, found 'perhaps'")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', headers: {'a b': x}}]",
        "n.yaml:1:48: 'a b' in 'headers' of route 'a' is not a header name")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', headers: {Content-Type: x}}]",
        "n.yaml:1:48: 'Content-Type' in 'headers' of route 'a' is set by Ops itself")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/', headers: {X: \"a\\nb\"}}]",
        "n.yaml:1:51: 'X' in 'headers' of route 'a' must be text on one line")]
    [InlineData("routes: [{name: a, url: 'http://h/', secret: ''}]", "n.yaml:1:46: 'secret' of route 'a' is empty")]
    [InlineData(
        "routes: [{name: a, url: 'http://h/'}, {name: a, url: 'http://h/'}]",
        "n.yaml:1:46: route 'a' is already defined")]
    public void A_fault_says_where_what_and_what_is_allowed(string text, string fault)
    {
        Read(text, out var faults);
        Assert.Equal([fault], faults);
    }

    private static IReadOnlyList<NotificationRoute> Read(string text, out string[] faults)
    {
        var found = new ConfigFaults();
        var routes = NotificationRouteReader.Read(YamlReader.Read(text, "n.yaml", found), found);
        faults = [.. found.All.Select(fault => fault.ToString())];
        return routes;
    }
}
