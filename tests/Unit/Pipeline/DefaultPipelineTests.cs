using Ops.Model;
using Ops.Pipeline;
using Ops.Pipeline.Configuration;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Pipeline;

/// <summary>The pipeline.yaml that comes with the program.</summary>
public sealed class DefaultPipelineTests
{
    [Fact]
    public void It_loads_without_a_warning()
    {
        var (_, faults) = Load();
        Assert.Empty(faults.All);
        Assert.Empty(faults.Warnings);
    }

    [Theory]
    [InlineData("hardware.network.incoming.bytes", "B", "hardware.network.incoming.bytes.rate", "B/s", 10)]
    [InlineData("hardware.network.outgoing.errors", "packet", "hardware.network.outgoing.errors.rate", "packet/s", 10)]
    [InlineData("machine.disk.read.bytes", "B", "machine.disk.read.bytes.rate", "B/s", 10)]
    [InlineData("machine.disk.write.requests", "request", "machine.disk.write.requests.rate", "request/s", 10)]
    [InlineData("disk.device.read.bytes", "B", "disk.device.read.bytes.rate", "B/s", 10)]
    [InlineData("network.outgoing.packets", "packet", "network.outgoing.packets.rate", "packet/s", 10)]
    public void Counters_are_stored_and_become_rates(
        string meter, string unit, string rate, string rateUnit, double value)
    {
        var catalog = new SeriesCatalog();
        var collected = new Collected();
        var run = new PipelineRun(Load().Config!, catalog, TimeProvider.System, collected);
        run.Run(
        [
            catalog.Sample(meter, 100, 0, MeterKind.Cumulative, unit: unit),
            catalog.Sample(meter, 200, 10, MeterKind.Cumulative, unit: unit),
        ]);
        Assert.Equal([100.0, 200, value], collected.Volumes);
        var derived = collected.All[2].Sample;
        Assert.Equal(
            (rate, rateUnit, MeterKind.Gauge), (derived.Series.Meter, derived.Context.Unit, derived.Context.Kind));
    }

    [Fact]
    public void Every_sample_is_stored_once_as_it_is()
    {
        var catalog = new SeriesCatalog();
        var collected = new Collected();
        var run = new PipelineRun(Load().Config!, catalog, TimeProvider.System, collected);
        run.Run([catalog.Sample("machine.filesystem.used_percent", 50, 0),
            catalog.Sample("machine.disk.read.bytes.rate", 50, 0)]);
        Assert.Equal(["all:store", "all:store"], collected.All.Select(one => one.Pipeline));
    }

    private static (PipelineConfig? Config, ConfigFaults Faults) Load()
    {
        var faults = new ConfigFaults();
        var path = Path.Combine(AppContext.BaseDirectory, "etc", "pipeline.yaml");
        return (PipelineConfig.Read(YamlReader.ReadFile(path, faults), "pipeline.yaml", faults), faults);
    }
}
