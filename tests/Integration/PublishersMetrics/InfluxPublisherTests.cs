using Ops.Integration.Support;

namespace Ops.Integration.PublishersMetrics;

/// <summary>Samples published to a real InfluxDB 1.6, to VictoriaMetrics' endpoint of version 2, and to Ops
/// itself.</summary>
public sealed class InfluxPublisherTests
{
    private readonly PublishedSamples _some = new();

    [Fact]
    public async Task InfluxDB_1_has_what_was_published()
    {
        await using var influx = new InfluxServer();
        await influx.ReadyAsync();
        var place = influx.Http.BaseAddress!.Authority;
        var counts = await _some.PublishAsync(
            $"influxdb://{place}?db=test&gzip=1",
            _some.Polled("disk.read rate", "vm,1=a\\b", 1.25), _some.Field("cpu", "idle", "h 1", 97.5),
            _some.Field("cpu", "usr", "h 1", 2));
        Assert.Equal(3, counts.Sent);
        var disk = await influx.QueryAsync("SELECT value, resource_id, project_id FROM \"disk.read rate\"");
        Assert.Equal(
            $"[{PublishedSamples.NowNs},1.25,\"vm,1=a\\\\b\",\"p1\"]", Row(disk));
        var cpu = await influx.QueryAsync("SELECT idle, usr, host FROM cpu");
        Assert.Equal($"[{PublishedSamples.NowNs},97.5,2,\"h 1\"]", Row(cpu));
    }

    [Fact]
    public async Task InfluxDB_1_leaves_out_a_field_of_another_type_and_it_is_counted()
    {
        await using var influx = new InfluxServer();
        await influx.ReadyAsync();
        var place = influx.Http.BaseAddress!.Authority;
        await _some.PublishAsync($"influxdb://{place}?db=test&integers=taken", _some.Polled("taken", "r", 1));
        var counts = await _some.PublishAsync(
            $"influxdb://{place}?db=test",
            _some.Polled("free", "r", 1), _some.Polled("taken", "r", 2.5, 1), _some.Polled("free", "r", 2, 1));
        Assert.Equal((2, 1), (counts.Sent, counts.Dropped["refused"]));
        Assert.Contains("field type conflict", Assert.Single(_some.Warnings));
        Assert.Equal($"[{PublishedSamples.NowNs},1]", Row(await influx.QueryAsync("SELECT value FROM taken")));
        counts = await _some.PublishAsync($"influxdb://{place}?db=nowhere", _some.Polled("free", "r", 3));
        Assert.Equal(1, counts.Dropped["refused"]);
        Assert.Contains("answered 404: {\"error\":\"database not found: \\\"nowhere\\\"\"}", _some.Warnings[^1]);
    }

    [Fact]
    public async Task VictoriaMetrics_takes_version_2()
    {
        await using var victoria = MetricServer.Victoria();
        await victoria.ReadyAsync();
        var counts = await _some.PublishAsync(
            $"influxdb://{victoria.Place}?version=2&org=o&bucket=b&token=t&precision=ms",
            _some.Field("cpu", "idle", "h1", 97.5), _some.Polled("temperature", "r1", 21));
        Assert.Equal(2, counts.Sent);
        await ServerProcess.WaitAsync("the points", TimeSpan.FromSeconds(15), async () =>
        {
            var text = await victoria.Http.GetStringAsync("/api/v1/export?match[]={__name__!=\"\"}");
            return text.Contains("\"__name__\":\"cpu_idle\"") && text.Contains("\"values\":[97.5]")
                && text.Contains("\"__name__\":\"temperature_value\"") && text.Contains("\"resource_id\":\"r1\"");
        });
    }

    [Fact]
    public async Task Ops_takes_back_what_it_published()
    {
        await using var ops = new ServerProcess("publish");
        ops.Configure("ops.yaml", "machine: {enabled: false}\n");
        await ops.StartAsync();
        var counts = await _some.PublishAsync(
            $"influxdb://127.0.0.1:{ops.Port}?db=test&gzip=1",
            _some.Field("cpu", "idle", "h 1", 97.5), _some.Field("cpu", "usr", "h 1", 2),
            _some.Polled("temperature", "r,1", 21.125));
        Assert.Equal(3, counts.Sent);
        await ServerProcess.WaitAsync("the points", TimeSpan.FromSeconds(15), async () =>
            (await ops.QueryAsync("SELECT idle, usr, host FROM cpu")).GetArrayLength() == 1
            && (await ops.QueryAsync("SELECT value FROM temperature")).GetArrayLength() == 1);
        var row = (await ops.QueryAsync("SELECT idle, usr, host FROM cpu"))[0].GetProperty("values")[0];
        Assert.Equal($"[{PublishedSamples.NowNs},97.5,2,\"h 1\"]", row.GetRawText());
    }

    private static string Row(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("results")[0].GetProperty("series")[0].GetProperty("values")[0].GetRawText();
}
