using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class AlarmEndpointsTests
{
    [Fact]
    public async Task Alarms_have_the_shape_that_clients_rely_on()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/alarms?deduced=true");
        Assert.Equal(200, status);
        Assert.Equal(
            """
            [{"id":"d4e5f6","name":"dependency lost","type":"vitrage","severity":"WARNING","state":"alarm",
            "resource":{"type":"service","id":"web:8080","name":"web"},"deduced":true,
            "since":"2026-01-02T12:00:01Z","reason":"nginx is gone; web connects to it",
            "because":[{"template":"service_gone","scenario":0}],"causes":["a1b2c3"]}]
            """.Replace("\n", ""),
            body);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?all=true", 3)]
    [InlineData("?severity=critical", 1)]
    [InlineData("?name=dep*", 1)]
    [InlineData("?resource_id=web:8080", 1)]
    [InlineData("?resource_type=disk", 0)]
    [InlineData("?deduced=false", 1)]
    public async Task Alarms_are_filtered(string query, int count)
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/alarms" + query);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(count, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task The_history_tells_when_alarms_came_and_went()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/alarms/history?from=-2h");
        Assert.Equal(200, status);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(
            [("d4e5f6", "2026-01-02T12:00:00Z", null), ("e0e0e0", "2026-01-02T11:00:00Z", "2026-01-02T11:30:00Z")],
            json.RootElement.EnumerateArray().Select(one => (
                one.GetProperty("alarm").GetProperty("id").GetString(), one.GetProperty("start").GetString(),
                one.GetProperty("end").GetString())));
    }

    [Fact]
    public async Task A_page_tells_the_total_and_where_the_rest_is()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/api/v1/alarms?all=true&limit=1&offset=1");
        Assert.Equal("3", Assert.Single(answer.Headers.GetValues("X-Total-Count")));
        Assert.Equal(
            "</api/v1/alarms?all=true&limit=1&offset=2>; rel=\"next\"",
                Assert.Single(answer.Headers.GetValues("Link")));
    }

    [Fact]
    public async Task The_last_page_has_no_next()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.Client.GetAsync("/api/v1/alarms?limit=1&offset=1");
        Assert.False(answer.Headers.Contains("Link"));
    }

    [Fact]
    public async Task One_alarm_is_found_even_when_it_is_ok()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/alarms/calm00");
        Assert.Equal(200, status);
        Assert.Contains("\"state\":\"ok\"", body);
    }

    [Fact]
    public async Task Why_tells_the_derivation_and_the_causes()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/alarms/d4e5f6/why");
        Assert.Equal(200, status);
        using var json = JsonDocument.Parse(body);
        var derivation = json.RootElement.GetProperty("derivations")[0];
        Assert.Equal("service_gone", derivation.GetProperty("template").GetString());
        Assert.Equal("alarm", derivation.GetProperty("matched")[0].GetProperty("as").GetString());
        Assert.Equal(
            "a1b2c3", json.RootElement.GetProperty("causes")[0].GetProperty("alarm").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/api/v1/alarms/zzz")]
    [InlineData("/api/v1/alarms/zzz/why")]
    public async Task An_unknown_alarm_is_a_problem(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync(path);
        Assert.Equal(404, status);
        Assert.Contains("\"detail\":\"there is no alarm 'zzz'\"", body);
    }
}
