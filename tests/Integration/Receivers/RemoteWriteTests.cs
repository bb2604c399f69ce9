using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Receivers;

/// <summary>A real Prometheus and a real vmagent scrape the server and write back what they found.</summary>
public sealed class RemoteWriteTests
{
    [Fact]
    public async Task Prometheus_writes_what_it_scrapes_and_tells_when_a_series_ends()
    {
        await using var server = new ReceiverServer();
        await server.StartAsync();
        await using var prometheus = ToolProcess.Start(
            "/usr/bin/prometheus",
            $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, external_labels: {site: north} }
            scrape_configs:
              - job_name: shop
                metrics_path: /exposition
                static_configs: [{targets: ["{{server.Url["http://".Length..]}}"]}]
            remote_write:
              - url: {{server.Url}}/api/v1/write
                queue_config: {batch_send_deadline: 500ms}
                metadata_config: {send_interval: 1s}
            """,
            "--config.file=@DIR@/config", "--storage.tsdb.path=@DIR@/data",
            $"--web.listen-address=127.0.0.1:{LoopbackPort.Free()}");
        await prometheus.UntilAsync("a sample of shop_stock", () => server.Newest("shop_stock") is not null);
        await prometheus.UntilAsync("a bucket of shop_wait", () => server.Newest("shop_wait_bucket") is not null);
        var stock = server.Newest("shop_stock")!.Value;
        Assert.Equal((12.5, MeterKind.Gauge), (stock.Volume, stock.Context.Kind));
        Assert.Equal(server.Url["http://".Length..], stock.Series.ResourceId);
        Assert.Equal(
            ("shop", "eu", "north"),
            (stock.Series.Dimensions["job"], stock.Series.Dimensions["region"], stock.Series.Dimensions["site"]));
        Assert.InRange(
            Timestamps.FromUnixNs(stock.TimestampNs), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal(MeterKind.Cumulative, server.Newest("shop_orders_total")!.Value.Context.Kind);
        Assert.Equal(MeterKind.Cumulative, server.Newest("shop_wait_bucket")!.Value.Context.Kind);
        Assert.Equal(1, server.Newest("up")!.Value.Volume);

        server.IsExposed = false;
        await prometheus.UntilAsync("up to be 0", () => server.Newest("up")?.Volume == 0);
        await prometheus.UntilAsync(
            "the end of series", () => !server.RemoteWrite.Status().Detail.Contains(", 0 ends of series"));
        Assert.Contains(", 0 series refused", server.RemoteWrite.Status().Detail);
    }

    [Fact]
    public async Task Vmagent_writes_what_it_scrapes()
    {
        await using var server = new ReceiverServer();
        await server.StartAsync();
        await using var vmagent = ToolProcess.Start(
            "/usr/bin/vmagent",
            $$"""
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: shop
                metrics_path: /exposition
                static_configs: [{targets: ["{{server.Url["http://".Length..]}}"]}]
            """,
            "-promscrape.config=@DIR@/config", "-remoteWrite.tmpDataPath=@DIR@/data",
            $"-remoteWrite.url={server.Url}/api/v1/write", $"-httpListenAddr=127.0.0.1:{LoopbackPort.Free()}",
            "-remoteWrite.flushInterval=500ms");
        await vmagent.UntilAsync("a sample of shop_stock", () => server.Newest("shop_stock") is not null);
        var stock = server.Newest("shop_stock")!.Value;
        Assert.Equal((12.5, "eu"), (stock.Volume, stock.Series.Dimensions["region"]));
        Assert.Equal(MeterKind.Cumulative, server.Newest("shop_orders_total")!.Value.Context.Kind);
        Assert.Contains(", 0 series refused", server.RemoteWrite.Status().Detail);
    }
}
