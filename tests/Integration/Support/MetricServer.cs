using System.Diagnostics;
using System.Text.Json;

namespace Ops.Integration.Support;

/// <summary>A real server of metrics on a free loopback port, with a folder of its own.</summary>
public sealed class MetricServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;
    private readonly string _name;

    private MetricServer(string program, string ready, Func<string, int, string[]> arguments)
    {
        _name = Path.GetFileName(program);
        _folder = Directory.CreateTempSubdirectory($"ops-{_name}-").FullName;
        var port = LoopbackPort.Free();
        var start = new ProcessStartInfo(program, arguments(_folder, port))
        {
            WorkingDirectory = _folder, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        ReadyPath = ready;
        Place = $"127.0.0.1:{port}";
        Http = new HttpClient { BaseAddress = new Uri($"http://{Place}") };
    }

    /// <summary>Host and port.</summary>
    public string Place { get; }

    public HttpClient Http { get; }

    private string ReadyPath { get; }

    public static MetricServer Victoria() => new(
        "/usr/bin/victoria-metrics", "/health",
        (folder, port) =>
        [
            $"-httpListenAddr=127.0.0.1:{port}", $"-storageDataPath={folder}/data", "-retentionPeriod=100y",
            "-loggerLevel=ERROR",
        ]);

    public static MetricServer Prometheus() => new(
        "/usr/bin/prometheus", "/-/ready",
        (folder, port) =>
        {
            File.WriteAllText(Path.Combine(folder, "prometheus.yml"), "global: {}\n");
            return
            [
                $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data",
                $"--web.listen-address=127.0.0.1:{port}", "--web.enable-remote-write-receiver",
            ];
        });

    public static MetricServer Pushgateway() => new(
        "/usr/bin/prometheus-pushgateway", "/-/ready", (_, port) => [$"--web.listen-address=127.0.0.1:{port}"]);

    public Task ReadyAsync() => ServerProcess.WaitAsync(
        $"{_name} to answer", TimeSpan.FromSeconds(30), async () =>
        {
            Assert.False(_process.HasExited, $"{_name} ended");
            using var answer = await Http.GetAsync(ReadyPath);
            return answer.IsSuccessStatusCode;
        });

    public async Task<JsonElement> GetAsync(string path)
    {
        using var json = JsonDocument.Parse(await Http.GetStringAsync(path));
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
