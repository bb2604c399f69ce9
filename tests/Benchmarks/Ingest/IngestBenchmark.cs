using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ops.Benchmarks.Ingest;

/// <summary>
/// Sends Influx lines to a server's <c>/write</c> and divides by the CPU time that the server took, store included.
/// </summary>
public static class IngestBenchmark
{
    private const int Lines = 6_000_000;
    private const int LinesPerBody = 5_000;
    private const int SeriesCount = 10_000;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ops-bench-ingest-").FullName;
        var etc = Directory.CreateDirectory(Path.Combine(folder, "etc")).FullName;
        File.WriteAllText(Path.Combine(etc, "ops.yaml"), "machine: {enabled: false}\n");
        var port = FreePort();
        using var server = OpsProcess.Start(
            "serve", "--config", etc, "--data", Path.Combine(folder, "data"), "--listen", $"http://127.0.0.1:{port}");
        _ = server.StandardOutput.ReadToEndAsync();
        _ = server.StandardError.ReadToEndAsync();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await ReadyAsync(http);
            await SendAsync(http, 0, 1_000_000);
            var cpu = CpuSeconds(server);
            var clock = Stopwatch.StartNew();
            await SendAsync(http, 1_000_000, Lines);
            await StoredAsync(http, 1_000_000 + Lines);
            cpu = CpuSeconds(server) - cpu;
            WriteLine(
                $"ingest: {Lines / cpu:N0} lines per CPU second into the store "
                + $"({cpu / Lines * 1e9:N0} ns of CPU a line, "
                + $"{Lines / clock.Elapsed.TotalSeconds:N0} lines/s by the clock; "
                + $"{SeriesCount:N0} series, 96-byte lines)");
            return 0;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SendAsync(HttpClient http, int first, int count)
    {
        var random = new Random(first);
        var text = new StringBuilder();
        for (var sent = 0; sent < count; sent += LinesPerBody)
        {
            text.Clear();
            for (var line = first + sent; line < first + sent + LinesPerBody; line++)
            {
                var series = line % SeriesCount;
                var value = Math.Round(random.NextDouble() * 100, 2);
                var at = 1_700_000_000_000_000_000L + (line * 1_000_000L);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"cpu,host=host-{series / 10:D4},region=eu-west-1,core=cpu{series % 10},env=production "
                    + $"usage={value} {at}\n");
            }

            using var answer = await http.PostAsync("/write?db=bench", new StringContent(text.ToString()));
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task ReadyAsync(HttpClient http)
    {
        for (var attempt = 0; attempt < 240; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync("/readyz");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(250);
        }

        throw new TimeoutException("the server did not become ready in a minute");
    }

    private static async Task StoredAsync(HttpClient http, long expected)
    {
        long stored = 0;
        for (var attempt = 0; attempt < 240; attempt++)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync("/api/v1/status"));
            stored = answer.RootElement.GetProperty("counts").GetProperty("samples_stored").GetInt64();
            if (stored == expected)
            {
                return;
            }

            await Task.Delay(250);
        }

        throw new InvalidDataException($"{stored} of {expected} points were stored");
    }

    private static double CpuSeconds(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
