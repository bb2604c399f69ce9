using System.Text.Json;
using Xunit;

namespace Ops.Unit.Server.Api;

public sealed class TopologyEndpointsTests
{
    [Fact]
    public async Task The_topology_has_properties_beside_the_named_members()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/topology");
        Assert.Equal(200, status);
        Assert.Equal(
            """
            {"entities":[
            {"category":"RESOURCE","type":"machine","id":"m1","name":"box","state":"UP","operational_state":"OK",
            "arch":"x64","cores":2},
            {"category":"RESOURCE","type":"service","id":"nginx:80","name":"nginx","state":"DOWN",
            "operational_state":"ERROR"}],
            "relations":[{"label":"contains","from":{"type":"machine","id":"m1"},
            "to":{"type":"service","id":"nginx:80"}}]}
            """.Replace("\n", ""),
            body);
    }

    [Theory]
    [InlineData("?type=service", "nginx")]
    [InlineData("?name=b*", "box")]
    [InlineData("?state=down", "nginx")]
    [InlineData("?operational_state=OK", "box")]
    [InlineData("?limit=1&offset=1", "nginx")]
    public async Task Entities_are_filtered(string query, string name)
    {
        await using var host = await ApiHost.StartAsync();
        var (_, body) = await host.GetAsync("/api/v1/entities" + query);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(name, Assert.Single(json.RootElement.EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("/api/v1/entities/service/nginx:80")]
    [InlineData("/api/v1/entities/service/nginx%3A80")]
    public async Task An_entity_is_found_by_type_and_id(string path)
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync(path);
        Assert.Equal(200, status);
        Assert.Contains("\"name\":\"nginx\"", body);
    }

    [Fact]
    public async Task An_entity_that_is_not_there_is_a_problem()
    {
        await using var host = await ApiHost.StartAsync();
        var (status, body) = await host.GetAsync("/api/v1/entities/disk//dev/sda");
        Assert.Equal(404, status);
        Assert.Equal(
            """{"type":"about:blank","title":"Not Found","status":404,"""
            + "\"detail\":\"there is no entity '/dev/sda' of type 'disk'\"}",
            body);
    }
}
