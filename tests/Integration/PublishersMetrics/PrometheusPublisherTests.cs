using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.PublishersMetrics;

/// <summary>Samples published by remote write to a real Prometheus and a real VictoriaMetrics, and to a real
/// Pushgateway.</summary>
public sealed class PrometheusPublisherTests
{
    private readonly PublishedSamples _some = new();

    [Fact]
    public async Task Prometheus_has_what_was_published_and_only_what_it_refuses_is_lost()
    {
        await using var prometheus = MetricServer.Prometheus();
        await prometheus.ReadyAsync();
        var address = $"prometheus://{prometheus.Place}/api/v1/write";
        var counts = await _some.PublishAsync(
            address,
            _some.Polled("disk.read", "r1", 2, -9, MeterKind.Cumulative),
            _some.Polled("disk.read", "r1", 1, -10, MeterKind.Cumulative), _some.Field("cpu", "idle", "h\"1\"", 97.5));
        Assert.Equal(3, counts.Sent);
        Assert.Equal(["1", "2"], await ValuesAsync(prometheus, "disk_read{resource_id=\"r1\",project_id=\"p1\"}"));
        Assert.Equal(["97.5"], await ValuesAsync(prometheus, "cpu_idle{host=\"h\\\"1\\\"\"}"));

        // One of the samples goes back in time, which Prometheus answers with 400 for the whole request.
        counts = await _some.PublishAsync(
            address, [_some.Polled("disk.read", "r1", 5, -20), .. Enumerable.Range(0, 30)
                .Select(i => _some.Polled($"new.{i}", "r1", i))]);
        Assert.Equal((30, 1), (counts.Sent, counts.Dropped["refused"]));
        Assert.Contains("answered 400: out of order sample", Assert.Single(_some.Warnings));
        Assert.Equal(["29"], await ValuesAsync(prometheus, "new_29"));
    }

    [Fact]
    public async Task VictoriaMetrics_takes_remote_write()
    {
        await using var victoria = MetricServer.Victoria();
        await victoria.ReadyAsync();
        var counts = await _some.PublishAsync(
            $"prometheus://{victoria.Place}/api/v1/write",
            [.. Enumerable.Range(0, 500).Select(i => _some.Polled($"m.{i % 10}", $"r{i}", i))]);
        Assert.Equal(500, counts.Sent);
        await ServerProcess.WaitAsync("the series", TimeSpan.FromSeconds(15), async () =>
        {
            var text = await victoria.Http.GetStringAsync("/api/v1/export?match[]={__name__!=\"\"}");
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 500
                && text.Contains("{\"metric\":{\"__name__\":\"m_9\",\"project_id\":\"p1\",\"resource_id\":\"r499\"},"
                    + $"\"values\":[499],\"timestamps\":[{PublishedSamples.NowNs / 1_000_000}]}}");
        });
    }

    [Fact]
    public async Task A_Pushgateway_shows_the_newest_values()
    {
        await using var gateway = MetricServer.Pushgateway();
        await gateway.ReadyAsync();
        var counts = await _some.PublishAsync(
            $"prometheus://{gateway.Place}/metrics/job/ops",
            _some.Polled("cpu", "r1", 1, 0, MeterKind.Cumulative), _some.Polled("cpu", "r1", 2, 1,
                MeterKind.Cumulative),
            _some.Polled("cpu", "a/b", 3, 0, MeterKind.Cumulative), _some.Polled("net.in", "r1", 0.5, 0,
                MeterKind.Delta));
        Assert.Equal(4, counts.Sent);
        var metrics = await gateway.Http.GetStringAsync("/metrics");
        Assert.Contains("# TYPE cpu counter\n", metrics);
        Assert.Contains(
            "cpu{instance=\"\",job=\"ops\",project_id=\"p1\",resource_id=\"r1\"} 2\n", metrics);
        Assert.Contains("resource_id=\"a/b\"} 3\n", metrics);
        Assert.Contains("# TYPE net_in untyped\n", metrics);
    }

    private static async Task<IEnumerable<string>> ValuesAsync(MetricServer prometheus, string query)
    {
        var range = $"{query}[10m]";
        var answer = await prometheus.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(range)}");
        return answer.GetProperty("data").GetProperty("result").EnumerateArray()
            .SelectMany(series => series.GetProperty("values").EnumerateArray())
            .Select(point => point[1].GetString()!).ToList();
    }
}
