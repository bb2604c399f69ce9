using System.Text;
using Ops.Server.Api.Influx;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class QueryEndpointsTests
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_query_in_the_address_is_answered()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/query?db=d&q=SELECT%201&epoch=ms&pretty=true&chunked=true");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("1.8.10-ops", Assert.Single(answer.Headers.GetValues("X-Influxdb-Version")));
        Assert.Equal(FakeInfluxQl.OnePoint, await answer.Content.ReadAsStringAsync());
        Assert.Equal(new InfluxQlRequest("SELECT 1", "d", "ms", true), Assert.Single(host.InfluxQl.Asked));
    }

    [Fact]
    public async Task A_query_in_a_form_is_answered_as_telegraf_and_grafana_send_it()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/query?db=d", "q=CREATE+DATABASE+%22telegraf%22&epoch=s", Form);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(
            new InfluxQlRequest("CREATE DATABASE \"telegraf\"", "d", "s", false), Assert.Single(host.InfluxQl.Asked));
    }

    [Fact]
    public async Task A_post_may_carry_its_query_in_the_address()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/query?q=SHOW%20DATABASES", "", "");
        Assert.Equal("SHOW DATABASES", Assert.Single(host.InfluxQl.Asked).Query);
    }

    [Fact]
    public async Task A_missing_query_is_told_as_influxdb_does()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/query");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("{\"error\":\"missing required parameter \\\"q\\\"\"}\n",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal(
            "missing required parameter \"q\"", Assert.Single(answer.Headers.GetValues("X-Influxdb-Error")));
    }

    [Fact]
    public async Task A_faulty_query_keeps_the_status_of_its_answer()
    {
        await using var host = await ApiHost.StartAsync();
        host.InfluxQl.Answer = new InfluxQlReply(
            400, Encoding.UTF8.GetBytes("{\"error\":\"error parsing\"}"), "error parsing");
        using var answer = await host.Client.GetAsync("/query?q=foo");
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("{\"error\":\"error parsing\"}", await answer.Content.ReadAsStringAsync());
        Assert.Equal("error parsing", Assert.Single(answer.Headers.GetValues("X-Influxdb-Error")));
    }

    [Fact]
    public async Task A_query_of_great_length_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/query", "q=" + new string('x', 70_000), Form);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(
            "{\"error\":\"the query is 70000 characters long; at most 65536 are allowed\"}\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_of_great_length_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.PostAsync("/query", "q=" + new string('x', 300_000), Form);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("the body is larger than 256 KiB", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_ping_tells_the_version()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/ping");
        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("1.8.10-ops", Assert.Single(answer.Headers.GetValues("X-Influxdb-Version")));
        Assert.Equal((200, """{"version":"1.8.10-ops"}"""), await host.GetAsync("/ping?verbose=true"));
        var (_, health) = await host.GetAsync("/health");
        Assert.Contains("\"status\":\"pass\"", health);
    }
}
