using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class ProblemGateTests
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "there is nothing at /api/v1/nothing; /openapi/v1.json lists what "
        + "there is")]
    [InlineData("GET", "/api", 404, "there is nothing at /api; /openapi/v1.json lists what there is")]
    [InlineData("DELETE", "/api/v1/alarms", 405, "DELETE is not allowed at /api/v1/alarms; allowed: GET")]
    [InlineData("PUT", "/api/v1/samples", 405, "PUT is not allowed at /api/v1/samples; allowed: GET, POST")]
    [InlineData("GET", "/write", 405, "GET is not allowed at /write; allowed: POST")]
    public async Task What_routing_refuses_is_a_problem(string method, string path, int status, string detail)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("about:blank", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(status, json.RootElement.GetProperty("status").GetInt32());
        Assert.Equal(detail, json.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_fault_of_the_server_tells_nothing_of_its_inside()
    {
        await using var host = await ApiHost.StartAsync();
        host.View.Failure = new InvalidOperationException("secret inside");
        var (status, body) = await host.GetAsync("/api/v1/alarms");
        Assert.Equal(500, status);
        Assert.Contains("this is a fault of the server; its log says more under trace", body);
        Assert.DoesNotContain("secret", body);
    }

    [Fact]
    public async Task A_query_that_asks_for_too_much_is_the_askers_fault()
    {
        await using var host = await ApiHost.StartAsync();
        host.View.Failure = new Ops.Storage.QueryLimitException("too many points");
        var (status, body) = await host.GetAsync("/api/v1/alarms");
        Assert.Equal(400, status);
        Assert.Contains("\"detail\":\"too many points\"", body);
        host.View.Failure = new TimeoutException("took too long");
        Assert.Equal(503, (await host.GetAsync("/api/v1/alarms")).Status);
    }

    [Fact]
    public async Task A_head_has_no_body()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/nothing");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_for_people_is_left_to_the_console()
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/no/such/page");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }
}
