using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ops.Benchmarks.Forward;

/// <summary>
/// Influx lines over HTTP, a transformation, and out again over HTTP: the CPU time of the forwarding process a line,
/// Ops' beside that of vmagent, which relabels and writes to the same sink, interleaved.
/// </summary>
public static class ForwardBenchmark
{
    private const int Lines = 400_000;
    private const int LinesPerBody = 5_000;
    private const int HostCount = 1_000;
    private const int Rounds = 5;
    private const string VmAgent = "/usr/bin/vmagent";

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private static string _agentPlace = "";

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ops-bench-forward-").FullName;
        await using var sink = await ForwardSink.StartAsync();
        using var ops = Ops(folder, sink.Place, out var opsPlace);
        using var agent = File.Exists(VmAgent) ? Agent(folder, sink.Place, out _agentPlace) : null;
        try
        {
            var bodies = Bodies();
            await ReadyAsync($"http://{opsPlace}/readyz");
            await SendAsync(opsPlace, bodies);
            if (agent is not null)
            {
                await ReadyAsync($"http://{_agentPlace}/health");
                await SendAsync(_agentPlace, bodies);
            }

            await Task.Delay(Settle);
            List<double> ours = [], theirs = [];
            for (var round = 0; round < Rounds; round++)
            {
                var lines = sink.Lines;
                ours.Add(await MeasureAsync(ops, opsPlace, bodies));
                if (sink.Lines - lines != Lines)
                {
                    throw new InvalidDataException($"{sink.Lines - lines} of {Lines} lines came out of ops");
                }

                if (agent is not null)
                {
                    theirs.Add(await MeasureAsync(agent, _agentPlace, bodies));
                }
            }

            Print(Median(ours), theirs.Count > 0 ? Median(theirs) : null);
            return 0;
        }
        finally
        {
            foreach (var process in new[] { ops, agent })
            {
                process?.Kill();
                process?.WaitForExit();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(double ours, double? theirs)
    {
        WriteLine($"forward: ops takes {ours * 1e9:N0} ns of CPU a line of 3 fields (line protocol -> unit_conversion "
            + $"-> influxdb publisher, {1 / ours:N0} lines per CPU second; median of {Rounds})");
        WriteLine(theirs is { } peer
            ? $"forward: vmagent takes {peer * 1e9:N0} ns (relabelling -> remote write, {1 / peer:N0} lines per CPU "
                + $"second): ops takes 1/{peer / ours:0.0} of it"
            : $"forward: {VmAgent} is not installed, so there is no peer (Debian: victoria-metrics)");
    }

    private static Process Ops(string folder, string sink, out string place)
    {
        place = $"127.0.0.1:{FreePort()}";
        var etc = Directory.CreateDirectory(Path.Combine(folder, "etc")).FullName;
        File.WriteAllText(Path.Combine(etc, "ops.yaml"), "machine: {enabled: false}\n");
        File.WriteAllText(Path.Combine(etc, "pipeline.yaml"), $$"""
            sources: [{name: all, meters: ["*"], sinks: [out]}]
            sinks:
              - name: out
                transformers:
                  - name: unit_conversion
                    parameters:
                      target:
                        unit: b
                        scale: volume * 8
                publishers: ["influxdb://{{sink}}?db=bench&policy=block"]
            """);
        return Quiet(OpsProcess.Start(
            "serve", "--config", etc, "--data", Path.Combine(folder, "data"), "--listen", $"http://{place}"));
    }

    private static Process Agent(string folder, string sink, out string place)
    {
        place = $"127.0.0.1:{FreePort()}";
        var relabel = Path.Combine(folder, "relabel.yml");
        File.WriteAllText(relabel, """
            - source_labels: [host]
              target_label: instance
            - action: labeldrop
              regex: host
            - source_labels: [__name__]
              regex: "net_(.+)"
              target_label: __name__
              replacement: "network_$1"
            """);
        return Quiet(Process.Start(new ProcessStartInfo(VmAgent,
        [
            $"-httpListenAddr={place}", $"-remoteWrite.url=http://{sink}/api/v1/write",
            $"-remoteWrite.relabelConfig={relabel}", $"-remoteWrite.tmpDataPath={folder}/agent", "-loggerLevel=ERROR",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!);
    }

    private static Process Quiet(Process process)
    {
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        return process;
    }

    /// <summary>Seconds of CPU a line, without what the process takes when idle.</summary>
    private static async Task<double> MeasureAsync(Process process, string place, byte[][] bodies)
    {
        var idle = CpuSeconds(process);
        await Task.Delay(Settle);
        var start = CpuSeconds(process);
        idle = (start - idle) / Settle.TotalSeconds;
        var clock = Stopwatch.StartNew();
        await SendAsync(place, bodies);
        await Task.Delay(Settle);
        return (CpuSeconds(process) - start - (idle * clock.Elapsed.TotalSeconds)) / Lines;
    }

    private static async Task SendAsync(string place, byte[][] bodies)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{place}") };
        foreach (var body in bodies)
        {
            using var answer = await http.PostAsync("/write?db=bench", new ByteArrayContent(body));
            answer.EnsureSuccessStatusCode();
        }
    }

    private static byte[][] Bodies()
    {
        string[][] measurements =
        [
            ["cpu", "usage_user", "usage_system", "usage_idle"], ["mem", "used", "free", "cached"],
            ["disk", "read_bytes", "write_bytes", "io_time"], ["net", "rx", "tx", "drops"],
        ];
        var random = new Random(1);
        var bodies = new byte[Lines / LinesPerBody][];
        for (var body = 0; body < bodies.Length; body++)
        {
            var text = new StringBuilder();
            for (var line = body * LinesPerBody; line < (body + 1) * LinesPerBody; line++)
            {
                var m = measurements[line % 4];
                var host = line / 4 % HostCount;
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{m[0]},host=host-{host},zone=z{host % 10} {m[1]}={random.NextDouble() * 100:F2},"
                    + $"{m[2]}={random.NextDouble() * 100:F2},{m[3]}={random.NextDouble() * 1000:F2} "
                    + $"{1_767_225_600 + (10 * (line / (4 * HostCount)))}000000000\n");
            }

            bodies[body] = Encoding.UTF8.GetBytes(text.ToString());
        }

        return bodies;
    }

    private static async Task ReadyAsync(string url)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 240; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync(url);
                if (answer.IsSuccessStatusCode)
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

        throw new TimeoutException($"{url} did not answer in a minute");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double CpuSeconds(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
