using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Configuration;
using Ops.Server.Config;

namespace Ops.Benchmarks;

/// <summary>Runs samples through compiled pipelines in process, on one thread.</summary>
public static class PipelineBenchmark
{
    private const int SeriesCount = 1_000;
    private const int Samples = 5_000_000;
    private const long SecondNs = 1_000_000_000;

    private static readonly (string Name, string Transformers)[] Cases =
    [
        ("pass through", ""),
        ("rate_of_change", """
            transformers: [{name: rate_of_change, parameters: {target: {name: rate, unit: B/s, type: gauge}}}]
            """),
        (
            "rate_of_change with a scale expression",
            "transformers: [{name: rate_of_change, parameters: {target: {name: cpu_util, unit: '%', type: gauge, "
            + "scale: '100.0 / (10**9 * (resource_metadata.cpu_number or 1))'}}}]"),
        (
            "unit_conversion",
            "transformers: [{name: unit_conversion, parameters: {target: {name: kb, unit: KB, "
            + "scale: volume / 1024.0}}}]"),
    ];

    /// <summary>
    /// Prints a line for each case; the figures are of CPU time, which on one thread is that of the clock.
    /// </summary>
    public static int Run()
    {
        foreach (var (name, transformers) in Cases)
        {
            Measure(name, transformers);
        }

        return 0;
    }

    private static void Measure(string name, string transformers)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read($$"""
            sources: [{name: all, meters: ["*"], sinks: [out]}]
            sinks:
              - name: out
                publishers: ["test://"]
                {{transformers.Trim()}}
            """, "benchmark", faults);
        var config = PipelineConfig.Read(root, "benchmark", faults)
            ?? throw new InvalidOperationException(string.Join('\n', faults.All));
        var catalog = new SeriesCatalog();
        var context = new SampleContext
        {
            Kind = MeterKind.Cumulative, Unit = "B",
            Metadata = new Dictionary<string, object?> { ["cpu_number"] = 4L },
        };
        var series = Enumerable.Range(0, SeriesCount).Select(i => catalog.Intern("cpu", $"vm-{i}")).ToArray();
        var output = new Counter();
        var run = new PipelineRun(config, catalog, TimeProvider.System, output);
        var batch = new Sample[SampleBatch.CountMax];
        Pass(run, batch, series, context, 0, Samples / 5);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Environment.CpuUsage.TotalTime;
        Pass(run, batch, series, context, Samples / 5, Samples);
        var cpu = (Environment.CpuUsage.TotalTime - clock).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        WriteLine(
            $"pipeline, {name}: {Samples / cpu:N0} samples per CPU second, "
            + $"{Samples / cpu / 70_000:N0} x Ceilometer's 70 000, "
            + $"{(double)allocated / Samples:0.00} bytes allocated a sample, {output.Count:N0} came out");
    }

    private static void Pass(
        PipelineRun run, Sample[] batch, Series[] series, SampleContext context, int first, int count)
    {
        for (var at = first; at < first + count;)
        {
            var filled = 0;
            for (; filled < batch.Length && at < first + count; filled++, at++)
            {
                batch[filled] = new Sample(series[at % SeriesCount], context, at / SeriesCount * SecondNs, at * 8.0);
            }

            run.Run(batch.AsSpan(0, filled));
            run.Flush();
        }
    }

    private sealed class Counter : IPipelineOutput
    {
        public long Count { get; private set; }

        public void Publish(PipelineRoute route, in Sample sample) => Count++;
    }
}
