using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Configuration;
using Ops.Server.Config;

namespace Ops.Benchmarks.Ceilometer;

/// <summary>
/// Runs one pipeline file over the same samples in Ceilometer and in Ops, in turn, and compares CPU time and counts.
/// </summary>
/// <remarks>Needs Debian's python3-ceilometer. Both sides have their samples in memory when the clock starts.</remarks>
public static class CeilometerBenchmark
{
    private const int Samples = 100_000;
    private const int Rounds = 5;
    private const int PassesOfOps = 50;
    private const string Python = "/usr/bin/python3";

    private static readonly string[] Meters =
    [
        "cpu", "memory.usage", "memory.resident", "disk.device.read.bytes", "disk.device.write.bytes",
        "network.incoming.bytes", "network.outgoing.bytes", "image.size", "volume.size", "power.state",
    ];

    /// <summary>Prints the medians, and the ratio; 1 where the counts differ or Ceilometer cannot be run.</summary>
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("ops-benchmark-");
        try
        {
            return Compare(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Compare(string folder)
    {
        var input = Path.Combine(folder, "samples.jsonl");
        var pipeline = Path.Combine(folder, "pipeline.yaml");
        File.WriteAllText(pipeline, Pipeline);
        File.WriteAllLines(input, Enumerable.Range(0, Samples).Select(Json));
        var (theirs, ours) = (new List<double>(), new List<double>());
        string theirCounts = "", ourCounts = "";
        for (var round = 0; round < Rounds; round++)
        {
            var their = RunCeilometer(input, pipeline);
            theirs.Add(Samples / their.CpuSeconds);
            theirCounts = their.Counts;
            var our = RunOps(pipeline);
            ours.Add((double)Samples * PassesOfOps / our.CpuSeconds);
            ourCounts = our.Counts;
        }

        var (their50, our50) = (Median(theirs), Median(ours));
        WriteLine(
            $"pipeline of 4 sources, {Samples:N0} samples, median of {Rounds}: Ceilometer {their50:N0} samples per CPU "
            + $"second, Ops {our50:N0}: {our50 / their50:N0} times; out: {theirCounts} and {ourCounts}");
        return theirCounts == ourCounts ? 0 : 1;
    }

    private static (double CpuSeconds, string Counts) RunCeilometer(string input, string pipeline)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Ceilometer", "ceilometer_pipeline.py");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, input, pipeline])
        {
            RedirectStandardOutput = true,
        })!;
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("Ceilometer did not run; install python3-ceilometer");
        }

        using var json = JsonDocument.Parse(answer);
        var counts = json.RootElement.GetProperty("counts").EnumerateObject()
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => one.Value.GetInt64().ToString(CultureInfo.InvariantCulture));
        return (json.RootElement.GetProperty("cpu_seconds").GetDouble(), string.Join('/', counts));
    }

    private static (double CpuSeconds, string Counts) RunOps(string pipeline)
    {
        var faults = new ConfigFaults();
        var config = PipelineConfig.Read(YamlReader.ReadFile(pipeline, faults, pipeline), pipeline, faults)
            ?? throw new InvalidOperationException(string.Join('\n', faults.All));
        var catalog = new SeriesCatalog();
        var samples = Enumerable.Range(0, Samples).Select(i => Sample(i, catalog)).ToArray();
        var output = new CountOfSinks();
        var run = new PipelineRun(config, catalog, TimeProvider.System, output);
        Pass(run, samples);
        output.Counts.Clear();
        var began = Environment.CpuUsage.TotalTime;
        for (var pass = 0; pass < PassesOfOps; pass++)
        {
            Pass(run, samples);
        }

        var spent = (Environment.CpuUsage.TotalTime - began).TotalSeconds;
        var counts = output.Counts.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Value / PassesOfOps).ToString(CultureInfo.InvariantCulture));
        return (spent, string.Join('/', counts));
    }

    private static void Pass(PipelineRun run, Sample[] samples)
    {
        for (var first = 0; first < samples.Length; first += SampleBatch.CountMax)
        {
            run.Run(samples.AsSpan(first, Math.Min(SampleBatch.CountMax, samples.Length - first)));
            run.Flush();
        }
    }

    private static string MeterOf(int i) => Meters[i % Meters.Length];

    private static Sample Sample(int i, SeriesCatalog catalog) => new(
        catalog.Intern(MeterOf(i), $"vm-{i / Meters.Length % 1000}"), SampleContext.Plain,
        DateTimeOffset.UnixEpoch.AddSeconds(i / Meters.Length / 1000 * 60).ToUnixNs(), i);

    private static string Json(int i) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["counter_name"] = MeterOf(i),
        ["counter_type"] = "gauge",
        ["counter_unit"] = "",
        ["counter_volume"] = (double)i,
        ["resource_id"] = $"vm-{i / Meters.Length % 1000}",
        ["project_id"] = null,
        ["user_id"] = null,
        ["source"] = "openstack",
        ["resource_metadata"] = new Dictionary<string, string>(),
        ["timestamp"] = DateTimeOffset.UnixEpoch.AddSeconds(i / Meters.Length / 1000 * 60).ToIso(),
        ["message_id"] = $"{i}",
        ["monotonic_time"] = null,
    });

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private const string Pipeline = """
        sources:
          - {name: compute, meters: ["cpu", "memory.*"], sinks: [compute]}
          - {name: disk, meters: ["disk.device.*"], sinks: [disk]}
          - {name: network, meters: ["network.*"], sinks: [network]}
          - {name: rest, meters: ["!cpu", "!memory.*", "!disk.device.*", "!network.*"], sinks: [rest]}
        sinks:
          - {name: compute, publishers: ["test://compute"]}
          - {name: disk, publishers: ["test://disk"]}
          - {name: network, publishers: ["test://network"]}
          - {name: rest, publishers: ["test://rest"]}
        """;
}
