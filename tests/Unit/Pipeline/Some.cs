using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Configuration;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Pipeline;

/// <summary>Builders of what pipeline tests need.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2016, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PipelineConfig Config(string yaml)
    {
        var faults = new ConfigFaults();
        var config = PipelineConfig.Read(YamlReader.Read(yaml, "pipeline.yaml", faults), "pipeline.yaml", faults);
        Assert.Empty(faults.All);
        return config!;
    }

    /// <summary>One source of everything, one sink with these transformers in YAML flow style.</summary>
    public static PipelineConfig Chain(string transformers) => Config(
        $"""
        sources: [{"{"}name: t, meters: ['*'], sinks: [t]{"}"}]
        sinks:
          - name: t
            publishers: [test]
            transformers: {transformers}
        """);

    public static (PipelineConfig? Config, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (PipelineConfig.Read(YamlReader.Read(yaml, "p.yaml", faults), "p.yaml", faults), faults);
    }

    public static Sample Sample(
        this SeriesCatalog catalog,
        string meter,
        double volume,
        double atSeconds = 0,
        MeterKind kind = MeterKind.Gauge,
        string resource = "r1",
        string unit = "B") =>
        new(
            catalog.Intern(meter, resource),
            new SampleContext { Kind = kind, Unit = unit, ProjectId = "p1", UserId = "u1" },
            Start.AddSeconds(atSeconds).ToUnixNs(),
            volume);

    public static SampleBatch Batch(params ReadOnlySpan<Sample> samples)
    {
        var batch = new SampleBatch();
        foreach (ref readonly var sample in samples)
        {
            batch.Add(sample);
        }

        return batch;
    }
}

/// <summary>Keeps what leaves the pipelines.</summary>
internal sealed class Collected : IPipelineOutput
{
    public List<(string Pipeline, Sample Sample)> All { get; } = [];

    public IEnumerable<double> Volumes => All.Select(one => one.Sample.Volume);

    public void Publish(PipelineRoute route, in Sample sample) => All.Add((route.Name, sample));
}
