using System.Diagnostics;
using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>A real InfluxDB 1.x on free loopback ports.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-influx-").FullName;
    private readonly Process _process;

    public InfluxServer()
    {
        var (port, rpcPort) = (LoopbackPort.Free(), LoopbackPort.Free());
        var config = Path.Combine(_folder, "influxdb.conf");
        File.WriteAllText(config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpcPort}"
            [meta]
              dir = "{_folder}/meta"
            [data]
              dir = "{_folder}/data"
              wal-dir = "{_folder}/wal"
            [http]
              bind-address = "127.0.0.1:{port}"
              log-enabled = false
            [monitor]
              store-enabled = false
            """);
        var start = new ProcessStartInfo("/usr/bin/influxd")
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.ArgumentList.Add("-config");
        start.ArgumentList.Add(config);
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Http { get; }

    public async Task ReadyAsync()
    {
        await ServerProcess.WaitAsync("influxd to answer", TimeSpan.FromSeconds(30), async () =>
        {
            using var answer = await Http.GetAsync("/ping");
            return answer.IsSuccessStatusCode;
        });
        using var created = await Http.PostAsync("/query?q=CREATE+DATABASE+test", null);
        created.EnsureSuccessStatusCode();
    }

    public async Task<JsonElement> QueryAsync(string influxQl)
    {
        var path = $"/query?db=test&epoch=ns&q={Uri.EscapeDataString(influxQl)}";
        using var answer = await Http.GetAsync(path);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
