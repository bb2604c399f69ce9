using Microsoft.Extensions.Time.Testing;
using Ops.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Keystone;

public sealed class KeystoneSessionTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
    private readonly FakeCloud _cloud;
    private readonly KeystoneSession _session;

    public KeystoneSessionTests()
    {
        _cloud = new FakeCloud { Time = _time }.On("/v2.1/servers", "{}").On("/v3/p1/volumes", "{}");
        _session = new KeystoneSession(SomeCloud.Options, _time, _cloud);
    }

    [Fact]
    public async Task A_token_serves_many_requests()
    {
        await AskAsync("compute", "/servers");
        await AskAsync("compute", "/servers");
        Assert.Equal(1, _cloud.Logins);
        Assert.Equal(["token-1", "token-1"], _cloud.Tokens);
    }

    [Fact]
    public async Task A_token_is_renewed_before_its_end()
    {
        await AskAsync("compute", "/servers");
        _time.Advance(TimeSpan.FromMinutes(56));
        await AskAsync("compute", "/servers");
        Assert.Equal(["token-1", "token-2"], _cloud.Tokens);
    }

    [Fact]
    public async Task A_401_renews_the_token_once()
    {
        _cloud.On("/v2.1/servers", (401, ""), (200, "{}"));
        await AskAsync("compute", "/servers");
        Assert.Equal(["token-1", "token-2"], _cloud.Tokens);
        _cloud.On("/v2.1/servers", (401, "no"));
        var fault = await Assert.ThrowsAsync<CloudException>(() => AskAsync("compute", "/servers"));
        Assert.Equal("cloud 'home': compute answered 401 to /v2.1/servers: no", fault.Message);
        Assert.True(fault.IsPermanent);
    }

    [Fact]
    public async Task Refused_credentials_are_permanent_and_not_tried_again_at_once()
    {
        _cloud.LoginStatus = 401;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var fault = await Assert.ThrowsAsync<CloudException>(() => AskAsync("compute", "/servers"));
            Assert.Equal(
                "cloud 'home': Keystone at http://keystone:5000/v3 refused the credentials (401)", fault.Message);
            Assert.True(fault.IsPermanent);
        }

        Assert.Equal(1, _cloud.Logins);
        _time.Advance(TimeSpan.FromMinutes(2));
        _cloud.LoginStatus = 201;
        await AskAsync("compute", "/servers");
    }

    [Fact]
    public async Task A_server_fault_passes()
    {
        _cloud.On("/v2.1/servers", (503, "busy"));
        var fault = await Assert.ThrowsAsync<CloudException>(() => AskAsync("compute", "/servers"));
        Assert.False(fault.IsPermanent);
    }

    [Fact]
    public async Task A_service_is_found_under_its_aliases() => await AskAsync("block-storage", "/volumes");

    [Fact]
    public async Task A_service_that_is_not_there_is_named_with_the_nearest()
    {
        var fault = await Assert.ThrowsAsync<CloudException>(() => AskAsync("computer", "/servers"));
        Assert.Equal(
            "cloud 'home': the catalogue has no public endpoint of 'computer' in region 'one'. Did you mean 'compute'?",
            fault.Message);
    }

    [Theory]
    [InlineData("http://n:8774/v2.1", "/servers?a=b", "http://n:8774/v2.1/servers?a=b")]
    [InlineData("http://n:8774/v2.1/", "servers", "http://n:8774/v2.1/servers")]
    [InlineData("http://n:8774/v2.1", "/v2.1/servers", "http://n:8774/v2.1/servers")]
    [InlineData("http://h/identity/v3", "/v3/projects", "http://h/identity/v3/projects")]
    [InlineData("http://h:9696", "/v2.0/networks", "http://h:9696/v2.0/networks")]
    [InlineData("https://h:8774/v2.1", "http://h:8774/v2.1/servers?marker=1", "https://h:8774/v2.1/servers?marker=1")]
    [InlineData("https://h:8774/v2.1", "http://elsewhere/v2.1/servers", null)]
    [InlineData("https://h:8774/v2.1", "//elsewhere/x", null)]
    public void A_path_goes_from_the_endpoint(string endpoint, string path, string? url) =>
        Assert.Equal(url, ServiceAddress.Of(endpoint, path)?.ToString());

    [Fact]
    public async Task An_application_credential_brings_its_own_scope()
    {
        var options = SomeCloud.Options with
        {
            Username = null, ApplicationCredentialId = "ac", ApplicationCredentialSecret = "hidden",
        };
        using var session = new KeystoneSession(options, _time, _cloud);
        await session.EndpointAsync("compute", CancellationToken.None);
        Assert.Contains("\"application_credential\":{\"id\":\"ac\",\"secret\":\"hidden\"}", _cloud.LoginBody);
        Assert.DoesNotContain("scope", _cloud.LoginBody);
        Assert.Equal("cloud 'home' at http://keystone:5000/v3", options.ToString());
    }

    private Task<CloudAnswer> AskAsync(string service, string path) =>
        _session.SendAsync(service, path, null, null, CancellationToken.None);
}
