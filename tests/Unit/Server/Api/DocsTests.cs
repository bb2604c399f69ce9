using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class DocsTests
{
    [Fact]
    public async Task The_description_of_the_api_lists_every_address()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/openapi/v1.json");
        Assert.Equal(200, status);
        using var json = JsonDocument.Parse(body);
        var paths = json.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        Assert.Empty(
            new[]
            {
                "/api/v1/meters", "/api/v1/series", "/api/v1/samples", "/api/v1/resources", "/api/v1/entities",
                "/api/v1/entities/{type}/{id}", "/api/v1/topology", "/api/v1/alarms", "/api/v1/alarms/{id}",
                "/api/v1/alarms/{id}/why", "/api/v1/templates", "/api/v1/status", "/api/v1/events", "/write",
                "/api/v2/write", "/query", "/ping", "/healthz", "/readyz", "/metrics",
            }.Except(paths));
        var parameters = json.RootElement.GetProperty("paths").GetProperty("/api/v1/samples").GetProperty("get")
            .GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString());
        Assert.Equal(["meter", "resource_id", "from", "to", "every", "aggregate", "series_max"], parameters);
    }

    [Theory]
    [InlineData("/write", "post", "204 400 413")]
    [InlineData("/api/v2/write", "post", "204 400 413")]
    [InlineData("/query", "get", "200 400")]
    [InlineData("/ping", "get", "200 204")]
    public async Task The_description_tells_how_an_address_of_influx_answers(string path, string method, string codes)
    {
        await using var host = await ApiHost.StartAsync();
        using var json = JsonDocument.Parse((await host.GetAsync("/openapi/v1.json")).Body);
        var responses = json.RootElement.GetProperty("paths").GetProperty(path).GetProperty(method)
            .GetProperty("responses").EnumerateObject().Select(one => one.Name);
        Assert.Equal(codes, string.Join(' ', responses.Order()));
    }

    [Fact]
    public async Task The_page_of_the_api_loads_nothing_from_elsewhere()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/docs/api/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.DoesNotMatch("(?:src|href)=\"(?:https?:)?//", page);
        Assert.Contains("connect-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        foreach (Match script in Regex.Matches(page, "(?:src|href)=\"([^\"]+\\.js[^\"]*)\""))
        {
            var (status, body) = await host.GetAsync("/docs/api/" + script.Groups[1].Value);
            Assert.Equal(200, status);
            Assert.NotEmpty(body);
        }
    }
}
