using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration;

/// <summary>What a newcomer sees within half a minute of the first start.</summary>
public sealed class FirstStartTests : IAsyncLifetime
{
    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);

    private readonly ServerProcess _server = new("first");

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_machine_and_its_services_are_in_the_topology_within_half_a_minute()
    {
        await ServerProcess.WaitAsync("the machine with this server as a service on it", HalfMinute, async () =>
        {
            var topology = await _server.GetAsync("/api/v1/topology");
            var entities = topology.GetProperty("entities").EnumerateArray().ToList();
            return entities.Any(entity => Type(entity) == "machine")
                && entities.Any(entity => Type(entity) == "filesystem")
                && entities.Any(entity => Type(entity) == "interface")
                && entities.Any(entity => Type(entity) == "service" && Port(entity) == _server.Port);
        });
        var (code, text, _) = await _server.OpsAsync("topology", "--json");
        Assert.Equal(0, code);
        var relations = JsonDocument.Parse(text).RootElement.GetProperty("relations").EnumerateArray();
        Assert.Contains(relations, relation => relation.GetProperty("label").GetString() == "contains");
    }

    [Fact]
    public async Task The_machine_is_measured_and_can_be_queried()
    {
        const string query =
            "SELECT mean(value) FROM \"hardware.memory.used\" WHERE time > now() - 5m GROUP BY time(10s) fill(none)";
        await ServerProcess.WaitAsync("points of the machine's memory", HalfMinute, async () =>
        {
            var series = await _server.QueryAsync(query);
            return series.GetArrayLength() > 0 && series[0].GetProperty("values").GetArrayLength() > 0;
        });
        var (code, text, error) = await _server.OpsAsync("query", query);
        Assert.True(code == 0, error);
        Assert.Contains("mean", text);
    }

    [Fact]
    public async Task It_says_where_the_console_and_the_data_are_and_stops_cleanly()
    {
        Assert.Contains($"http://127.0.0.1:{_server.Port}", _server.Output);
        Assert.Contains(_server.DataFolder, _server.Output);
        Assert.Equal(0, await _server.StopAsync());
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_continues()
    {
        using (var written = await _server.WriteAsync("kept value=42 1700000000000000000"))
        {
            Assert.Equal(204, (int)written.StatusCode);
        }

        Assert.Equal(0, await _server.StopAsync());
        await _server.StartAsync();
        var series = await _server.QueryAsync("SELECT last(value) FROM kept");
        Assert.Equal(42, series[0].GetProperty("values")[0][1].GetDouble());
    }

    private static string? Type(JsonElement entity) => entity.GetProperty("type").GetString();

    private static int? Port(JsonElement entity) =>
        entity.TryGetProperty("port", out var port) && port.ValueKind == JsonValueKind.Number ? port.GetInt32() : null;
}
