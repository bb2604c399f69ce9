using System.Net.Http.Headers;
using System.Text;
using Ops.Server.Api.Security;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class SecurityTests
{
    private static readonly IReadOnlyList<ApiToken> Tokens =
    [
        new("grafana", ApiToken.HashOf("read-me"), ApiRole.Reader),
        new("telegraf", ApiToken.HashOf("write-me"), ApiRole.Operator),
    ];

    [Theory]
    [InlineData("Bearer read-me", 200)]
    [InlineData("bearer read-me", 200)]
    [InlineData("Token write-me", 200)]
    [InlineData("Token user:read-me", 200)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Digest read-me", 401)]
    [InlineData("Basic !!!", 401)]
    [InlineData(null, 401)]
    public async Task Reading_asks_for_a_known_token(string? authorization, int status)
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        Assert.Equal(status, (await SendAsync(host, HttpMethod.Get, "/api/v1/alarms", authorization)).Status);
    }

    [Fact]
    public async Task A_password_stands_for_the_token()
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("any:read-me"));
        Assert.Equal(200, (await SendAsync(host, HttpMethod.Get, "/api/v1/alarms", basic)).Status);
        Assert.Equal(200, (await SendAsync(host, HttpMethod.Get, "/query?q=x&u=any&p=read-me", null)).Status);
        Assert.Equal(401, (await SendAsync(host, HttpMethod.Get, "/api/v1/alarms?p=read-me", null)).Status);
    }

    [Theory]
    [InlineData("/write", "Token write-me", 204)]
    [InlineData("/write", "Token read-me", 403)]
    [InlineData("/query?q=x", "Token read-me", 200)]
    [InlineData("/api/v1/samples", "Bearer read-me", 403)]
    public async Task Writing_asks_for_an_operator(string path, string authorization, int status)
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        Assert.Equal(status, (await SendAsync(host, HttpMethod.Post, path, authorization)).Status);
    }

    [Fact]
    public async Task A_refusal_says_what_to_do()
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        Assert.Contains(
            "this address asks for a token: send 'Authorization: Bearer TOKEN'",
            (await SendAsync(host, HttpMethod.Get, "/api/v1/alarms", null)).Body);
        Assert.Contains(
            "the token is not one of those that are configured",
            (await SendAsync(host, HttpMethod.Get, "/api/v1/alarms", "Bearer x")).Body);
        Assert.Contains(
            "the token 'grafana' has the role reader; this asks for operator",
            (await SendAsync(host, HttpMethod.Post, "/write", "Bearer read-me")).Body);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/ping?verbose=true")]
    public async Task What_watchers_ask_needs_no_token(string path)
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        Assert.Equal(200, (await SendAsync(host, HttpMethod.Get, path, null)).Status);
    }

    [Fact]
    public async Task A_browser_is_asked_for_a_password()
    {
        await using var host = await ApiHost.StartAsync(Tokens);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("localhost:8080", 200)]
    [InlineData("127.0.0.1:8080", 200)]
    [InlineData("127.8.9.1", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("ops.example.org", 200)]
    [InlineData("evil.example.org", 421)]
    [InlineData("localhost.evil.example.org", 421)]
    [InlineData("10.0.0.1:8080", 421)]
    public async Task Only_our_own_names_are_answered(string name, int status)
    {
        await using var host = await ApiHost.StartAsync(hosts: ["ops.example.org"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/alarms");
        request.Headers.Host = name;
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_strange_name_is_told_how_it_would_be_allowed()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = "evil.example.org";
        using var answer = await host.Client.SendAsync(request);
        Assert.Contains(
            "the Host header names 'evil.example.org', which is not one of this server's names; add it under 'hosts:' "
            + "in ops.yaml to allow it",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Off_loopback_with_tokens_any_name_is_answered()
    {
        await using var host = await ApiHost.StartAsync(Tokens, listen: "http://0.0.0.0:8080");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = "anything";
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("http://localhost", 204)]
    [InlineData("http://evil.example.org", 403)]
    [InlineData("null", 403)]
    public async Task A_foreign_page_may_not_write(string origin, int status)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/write") { Content = new StringContent("a=1") };
        request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private static async Task<(int Status, string Body)> SendAsync(
        ApiHost host, HttpMethod method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("", MediaTypeHeaderValue.Parse("application/json"));
        }

        using var answer = await host.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
