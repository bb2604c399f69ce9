using Ops.Integration.Support;

namespace Ops.Integration.Scrape;

/// <summary>A small program that shows its metrics through the reference client library of Python.</summary>
internal static class ClientProgram
{
    private const string Script = """
        import sys, time
        from prometheus_client import Counter, Enum, Gauge, Histogram, Info, Summary, start_http_server
        requests = Counter("shop_requests", 'Requests \\ "all"', ["code", "path"])
        requests.labels("200", 'a "b" \\ c\nd').inc(7, exemplar={"trace_id": "abc"})
        Gauge("shop_temperature_celsius", "Temperature").set(21.5)
        latency = Histogram("shop_latency_seconds", "Latency", buckets=(0.1, 1))
        latency.observe(0.05, exemplar={"trace_id": "x # y"})
        latency.observe(5)
        Summary("shop_size_bytes", "Size").observe(512)
        Info("shop_build", "Build").info({"version": "1.2"})
        Enum("shop_state", "State", states=["open", "closed"]).state("closed")
        start_http_server(int(sys.argv[1]), addr="127.0.0.1")
        time.sleep(600)
        """;

    /// <summary>Starts it on a port.</summary>
    public static ChildProcess Start(string folder, int port) =>
        ChildProcess.Python(folder, "shop", Script, $"{port}");
}
