using System.Diagnostics;
using Ops.Integration.Support;

namespace Ops.Integration.Scrape;

/// <summary>A real program that shows its metrics: a Prometheus or an exporter on a free loopback port.</summary>
internal sealed class ExporterProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ops-scrape-").FullName;
    private readonly HttpClient _http = new();
    private readonly Process _process;
    private readonly string _program;

    private ExporterProcess(string program, Func<string, int, string[]> arguments)
    {
        _program = program;
        var port = LoopbackPort.Free();
        Url = new Uri($"http://127.0.0.1:{port}/metrics");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments(_folder, port))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    public static ExporterProcess Node() => new(
        "/usr/bin/prometheus-node-exporter", (_, port) => [$"--web.listen-address=127.0.0.1:{port}"]);

    public static ExporterProcess Prometheus() => new("/usr/bin/prometheus", (folder, port) =>
    {
        var config = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(config, "global: {scrape_interval: 1h}\n");
        return
        [
            $"--config.file={config}", $"--storage.tsdb.path={folder}/data",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=error",
        ];
    });

    public Task ReadyAsync() => ServerProcess.WaitAsync($"{_program} to answer", TimeSpan.FromSeconds(30), async () =>
    {
        using var answer = await _http.GetAsync(Url);
        return answer.IsSuccessStatusCode;
    });

    public async Task StopAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What it shows in the text that is asked for.</summary>
    public async Task<(string Text, string? Type)> ShowAsync(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await _http.SendAsync(request);
        return (await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.MediaType);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
