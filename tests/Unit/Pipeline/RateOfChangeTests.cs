using Ops.Model;
using Ops.Pipeline;
using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

/// <summary>Rates as Ceilometer 8 (Ocata) gives them; several cases follow its tests of transformers.</summary>
public sealed class RateOfChangeTests
{
    private const string Plain = "[{name: rate_of_change, parameters: {target: {name: rate, unit: B/s, type: gauge}}}]";

    private const string CpuUtil =
        "[{name: rate_of_change, parameters: {target: {name: cpu_util, unit: '%', type: gauge, "
        + "scale: '100.0 / (10**9 * (resource_metadata.cpu_number or 1))'}}}]";

    [Fact]
    public async Task Cpu_time_becomes_per_cent_of_the_cpus_there_are() => Assert.Equal(
        ["cpu_util gauge 25% a 01:00", "cpu_util gauge 100% b 01:00"],
        await Short(
            Some.Chain(CpuUtil),
            Cpu(0, 120, "a", cpus: 4),
            Cpu(0, 120, "b"),
            Cpu(60, 180, "a", cpus: 4),
            Cpu(60, 180, "b")));

    [Fact]
    public async Task A_counter_that_fell_counts_from_zero() =>
        Assert.Equal(["rate gauge 2B/s r 00:10"], await Rate((0, 100, "cumulative"), (10, 20, "cumulative")));

    [Fact]
    public async Task A_gauge_may_fall() =>
        Assert.Equal(["rate gauge -8B/s r 00:10"], await Rate((0, 100, "gauge"), (10, 20, "gauge")));

    [Fact]
    public async Task Equal_times_give_zero() =>
        Assert.Equal(["rate gauge 0B/s r 00:10"], await Rate((10, 100, "cumulative"), (10, 200, "cumulative")));

    [Fact]
    public async Task A_late_sample_is_dropped_and_the_newer_one_stays() => Assert.Equal(
        ["rate gauge 5B/s r 00:20"],
        await Rate((10, 100, "cumulative"), (0, 999, "cumulative"), (20, 150, "cumulative")));

    [Fact]
    public async Task The_monotonic_clock_counts_where_both_have_it() => Assert.Equal(
        ["rate gauge 4B/s r 30:00", "rate gauge 0.5B/s r 30:02"],
        await Short(
            Some.Chain(Plain),
            At(0, """ "name":"x","type":"cumulative","volume":0,"resource_id":"r","monotonic_time":100.0 """),
            At(1800, """ "name":"x","type":"cumulative","volume":40,"resource_id":"r","monotonic_time":110.0 """),
            At(1802, """ "name":"x","type":"cumulative","volume":41,"resource_id":"r" """)));

    [Fact]
    public async Task Names_and_units_are_mapped_by_pattern() => Assert.Equal(
        ["disk.read.bytes.rate gauge 42B/s a 07:00", "disk.write.requests.rate gauge 42request/s b 07:00"],
        await Short(
            Some.Chain(
                "[{name: rate_of_change, parameters: {source: {map_from: "
                + @"{name: 'disk\.(read|write)\.(bytes|requests)', unit: '(B|request)'}}, "
                + @"target: {map_to: {name: 'disk.\1.\2.rate', unit: '\1/s'}, type: gauge}}}]"),
            Disk(0, "read.bytes", "B", 1000, "a"),
            Disk(0, "write.requests", "request", 1000, "b"),
            Disk(420, "read.bytes", "B", 18640, "a"),
            Disk(420, "write.requests", "request", 18640, "b")));

    [Fact]
    public async Task A_scale_that_fails_drops_that_sample_alone() => Assert.Equal(
        ["rate gauge 150B r 00:20"],
        await Short(
            Some.Chain(
                "[{name: rate_of_change, parameters: "
                + "{target: {name: rate, type: gauge, scale: 100.0/resource_metadata.n}}}]"),
            At(0, """ "name":"x","unit":"B","volume":10,"resource_id":"r","resource_metadata":{"n":0} """),
            At(10, """ "name":"x","unit":"B","volume":40,"resource_id":"r","resource_metadata":{"n":0} """),
            At(20, """ "name":"x","unit":"B","volume":70,"resource_id":"r","resource_metadata":{"n":2} """)));

    [Theory]
    [InlineData("'10'", "30")]
    [InlineData("10", "1200")]
    [InlineData("0", "3")]
    [InlineData("''", "3")]
    [InlineData("volume", "120")]
    public async Task A_scale_as_text_scales_the_rate_and_as_a_number_the_volume_too(string scale, string rate) =>
        Assert.Equal(
        [$"rate gauge {rate}B r 00:10"],
        await Short(
            Some.Chain($"[{{name: rate_of_change, parameters: {{target: {{name: rate, scale: {scale}}}}}}}]"),
            At(0, """ "name":"x","unit":"B","volume":10,"resource_id":"r" """),
            At(10, """ "name":"x","unit":"B","volume":40,"resource_id":"r" """)));

    [Fact]
    public async Task The_largest_volume_is_cut() => Assert.Equal(
        ["rate gauge 100B r 00:10"],
        await Short(
            Some.Chain("[{name: rate_of_change, parameters: {target: {name: rate, max: 100}}}]"),
            At(0, """ "name":"x","unit":"B","volume":0,"resource_id":"r" """),
            At(10, """ "name":"x","unit":"B","volume":4000,"resource_id":"r" """)));

    [Fact]
    public async Task Names_and_resources_that_run_together_alike_are_told_apart() => Assert.Empty(
        await Short(
            Some.Chain(Plain),
            At(0, """ "name":"ab","volume":1,"resource_id":"c" """),
            At(10, """ "name":"a","volume":2,"resource_id":"bc" """)));

    [Fact]
    public void Dimensions_tell_series_apart()
    {
        var catalog = new SeriesCatalog();
        var collected = new Collected();
        var run = new PipelineRun(Some.Chain(Plain), catalog, TimeProvider.System, collected);
        var first = catalog.Intern("x", "r", Tags.Of(("core", "0")));
        var second = catalog.Intern("x", "r", Tags.Of(("core", "1")));
        run.Run([new(first, SampleContext.Plain, 0, 1), new(second, SampleContext.Plain, 1_000_000_000, 5)]);
        Assert.Empty(collected.All);
        run.Run([new(second, SampleContext.Plain, 3_000_000_000, 9)]);
        var (_, rate) = Assert.Single(collected.All);
        Assert.Equal(2, rate.Volume);
        Assert.Equal("rate{r,core=1}", rate.Series.ToString());
    }

    [Fact]
    public void Two_centuries_between_samples_do_not_overflow()
    {
        var catalog = new SeriesCatalog();
        var collected = new Collected();
        var run = new PipelineRun(Some.Chain(Plain), catalog, TimeProvider.System, collected);
        var series = catalog.Intern("x", "r");
        run.Run([
            new(series, SampleContext.Plain, long.MinValue, 0), new(series, SampleContext.Plain, long.MaxValue, 1e12)]);
        Assert.Equal([1e12 / 18446744073.709551], collected.Volumes);
    }

    private static string Cpu(int second, int cpuSeconds, string resource, int cpus = 0) => At(
        second,
        OneLine(
            $$"""
            "name":"cpu","type":"cumulative","unit":"ns","volume":{{cpuSeconds}}e9,"resource_id":"{{resource}}",
            "resource_metadata":{"cpu_number":{{cpus}}}
            """));

    private static string Disk(int second, string name, string unit, int volume, string resource) => At(
        second,
        OneLine(
            $$"""
            "name":"disk.{{name}}","unit":"{{unit}}","type":"cumulative","volume":{{volume}},
            "resource_id":"{{resource}}"
            """));

    private static Task<string[]> Rate(params (int Second, int Volume, string Type)[] samples) => Short(
        Some.Chain(Plain),
        [.. samples.Select(one =>
            At(one.Second, $$""" "name":"x","type":"{{one.Type}}","volume":{{one.Volume}},"resource_id":"r" """))]);
}
