using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class MeterEndpointsTests
{
    [Fact]
    public async Task Meters_are_listed()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/meters");
        Assert.Equal(200, status);
        Assert.Equal(
            """[{"name":"cpu_util","type":"gauge","unit":"%","resources":1},"""
            + """{"name":"machine.disk.read.bytes","type":"cumulative","unit":"B","resources":2}]""",
            body);
    }

    [Fact]
    public async Task Meters_are_chosen_by_pattern()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/meters?name=machine.*");
        using var json = JsonDocument.Parse(body);
        Assert.Equal(1, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_value_that_is_no_number_is_null()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/series?meter=cpu_util");
        Assert.Contains("\"resource_id\":\"r2\"", body);
        Assert.Contains("\"last\":null", body);
    }

    [Fact]
    public async Task Resources_are_told_with_their_meters()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/resources?limit=1");
        Assert.Equal(
            """
            [{"id":"r1","type":"machine","name":"box","meters":["cpu_util","mem"],"last_at":"2026-01-02T12:00:00Z"}]
            """,
            body);
    }

    [Fact]
    public async Task A_range_is_handed_on_as_asked()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync(
            "/api/v1/samples?meter=cpu_util&resource_id=r1&from=2026-01-02T11:00:00%2B01:00&to=-30m&every=10s"
            + "&aggregate=max&series_max=7");
        Assert.Equal(200, status);
        var asked = host.View.Asked!;
        Assert.Equal(("cpu_util", "r1", "max", 7), (asked.Meter, asked.ResourceId, asked.Aggregate, asked.SeriesMax));
        Assert.Equal(FakeOpsView.Noon.AddHours(-2), asked.From);
        Assert.Equal(FakeOpsView.Noon.AddMinutes(-30), asked.To);
        Assert.Equal(TimeSpan.FromSeconds(10), asked.Every);
        Assert.Contains("""
            "points":[{"at":"2026-01-02T12:00:00Z","value":1.5},{"at":"2026-01-02T12:00:00Z","value":null}]
            """, body);
    }

    [Fact]
    public async Task A_range_is_the_last_hour_unless_said_otherwise()
    {
        await using var host = await ApiHost.StartAsync();
        await host.GetAsync("/api/v1/samples?meter=cpu_util");
        Assert.Equal(FakeOpsView.Noon.AddHours(-1), host.View.Asked!.From);
        Assert.Equal(FakeOpsView.Noon, host.View.Asked.To);
        Assert.Null(host.View.Asked.Every);
    }

    [Fact]
    public async Task A_plus_that_was_not_escaped_is_understood()
    {
        await using var host = await ApiHost.StartAsync();
        await host.GetAsync("/api/v1/samples?meter=cpu_util&from=2026-01-02T11:00:00+01:00");
        Assert.Equal(FakeOpsView.Noon.AddHours(-2), host.View.Asked!.From);
    }

    [Fact]
    public async Task Templates_and_status_are_told()
    {
        await using var host = await ApiHost.StartAsync();
        var (_, templates) = await host.GetAsync("/api/v1/templates");
        Assert.Contains("\"name\":\"service_gone\",\"version\":\"3\",\"status\":\"active\"", templates);
        var (_, one) = await host.GetAsync("/api/v1/templates/service_gone");
        Assert.Contains("\"matches\":1", one);
        var (missing, hint) = await host.GetAsync("/api/v1/templates/service_gon");
        Assert.Equal(404, missing);
        Assert.Contains("there is no template 'service_gon'. Did you mean 'service_gone'?", hint);
        var (_, status) = await host.GetAsync("/api/v1/status");
        Assert.Contains("\"counts\":{\"samples_received\":7,\"series\":3}", status);
    }
}
