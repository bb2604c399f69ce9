using Ops.Model;
using Ops.Pipeline;
using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

/// <summary>Conversions as Ceilometer 8 (Ocata) gives them.</summary>
public sealed class UnitConversionTests
{
    [Fact]
    public async Task Only_samples_of_the_source_unit_are_converted() => Assert.Equal(
        ["core gauge 96.8°F r 00:00", "ambient gauge 88.8°F r 00:00"],
        await Short(
            Some.Chain(
                "[{name: unit_conversion, parameters: "
                + "{source: {unit: °C}, target: {unit: °F, scale: (volume * 1.8) + 32}}}]"),
            At(0, """ "name":"core","unit":"°C","volume":36.0,"resource_id":"r" """),
            At(0, """ "name":"ambient","unit":"°F","volume":88.8,"resource_id":"r" """)));

    [Theory]
    [InlineData("scale: 2", "8")]
    [InlineData("scale: 1e-3", "0.004")]
    [InlineData("scale: '2'", "2")]
    [InlineData("scale: 0", "4")]
    [InlineData("scale: '0'", "0")]
    [InlineData("scale: true", "4")]
    [InlineData("max: 3", "3")]
    [InlineData("max: 0", "4")]
    [InlineData("scale: 2, max: 5.5", "5.5")]
    [InlineData("scale: volume * 2 if unit == 'B' and project_id == 'p1' else 0", "8")]
    [InlineData("scale: volume ** 0.5", "2")]
    [InlineData("scale: volume == 4", "1")]
    public async Task The_volume_is_scaled(string target, string volume) => Assert.Equal(
        [$"a gauge {volume}B r 00:00"],
        await Short(
            Some.Chain($"[{{name: unit_conversion, parameters: {{target: {{{target}}}}}}}]"),
            At(0, """ "name":"a","unit":"B","volume":4,"resource_id":"r","project_id":"p1" """)));

    [Theory]
    [InlineData("name: b, unit: x, type: delta", "b delta 4x")]
    [InlineData("map_to: {name: '\\1z'}", "az gauge 4B")]
    [InlineData("map_to: {name: '\\g<1>-\\g<one>'}", "a-a gauge 4B")]
    [InlineData("map_to: {name: '\\1z'}, name: b", "az gauge 4B")]
    [InlineData("map_to: {unit: q}, unit: x", "a gauge 4x")]
    public async Task Name_unit_and_kind_are_changed(string target, string expected) => Assert.Equal(
        [$"{expected} r 00:00"],
        await Short(
            Some.Chain(
                "[{name: unit_conversion, parameters: {source: {map_from: {name: '(?P<one>a)'}}, "
                + $"target: {{{target}}}}}}}]"),
            At(0, """ "name":"a","unit":"B","volume":4,"resource_id":"r" """)));

    [Fact]
    public async Task A_name_that_the_pattern_does_not_fit_stays() => Assert.Equal(
        ["other gauge 4B r 00:00"],
        await Short(
            Some.Chain(
                "[{name: unit_conversion, parameters: {source: {map_from: {name: ^a$}}, "
                + "target: {name: b, map_to: {name: c}}}}]"),
            At(0, """ "name":"other","unit":"B","volume":4,"resource_id":"r" """)));

    [Fact]
    public void A_result_that_is_not_finite_is_dropped_and_counted()
    {
        var (run, collected, catalog) = Run("scale: volume * 1e300");
        run.Run([catalog.Sample("a", 1e300), catalog.Sample("a", 1)]);
        Assert.Equal([1e300], collected.Volumes);
        Assert.Equal(1, run.Counts.Dropped["not_finite"]);
    }

    [Fact]
    public void Contexts_and_series_are_made_once()
    {
        var (run, collected, catalog) = Run("name: b, unit: x");
        var sample = catalog.Sample("a", 1);
        run.Run([sample, sample with { Volume = 2 }]);
        Assert.Same(collected.All[0].Sample.Series, collected.All[1].Sample.Series);
        Assert.Same(collected.All[0].Sample.Context, collected.All[1].Sample.Context);
        Assert.Equal(("p1", "u1", "x"), Owner(collected.All[0].Sample.Context));
    }

    [Fact]
    public void A_scale_follows_its_context()
    {
        var (run, collected, catalog) = Run("scale: resource_metadata.n or 9");
        var sample = catalog.Sample("a", 1);
        var other = new SampleContext { Metadata = new Dictionary<string, object?> { ["n"] = 3L } };
        run.Run([sample, sample with { Context = other }, sample]);
        Assert.Equal([9.0, 3.0, 9.0], collected.Volumes);
    }

    [Fact]
    public void What_changes_nothing_hands_on_the_same_objects()
    {
        var (run, collected, catalog) = Run("scale: 2");
        var sample = catalog.Sample("a", 1);
        run.Run([sample]);
        Assert.Same(sample.Series, collected.All[0].Sample.Series);
        Assert.Same(sample.Context, collected.All[0].Sample.Context);
    }

    private static (string?, string?, string) Owner(SampleContext context) =>
        (context.ProjectId, context.UserId, context.Unit);

    private static (PipelineRun Run, Collected Collected, SeriesCatalog Catalog) Run(string target)
    {
        var collected = new Collected();
        var catalog = new SeriesCatalog();
        var config = Some.Chain($"[{{name: unit_conversion, parameters: {{target: {{{target}}}}}}}]");
        return (new PipelineRun(config, catalog, TimeProvider.System, collected), collected, catalog);
    }
}
