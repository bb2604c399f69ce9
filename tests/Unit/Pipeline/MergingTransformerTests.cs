using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

/// <summary>Delta and accumulator as Ceilometer 8 (Ocata) gives them.</summary>
public sealed class MergingTransformerTests
{
    private const string Flush = """{"flush":true}""";

    [Fact]
    public async Task A_delta_is_the_change_in_the_sources_unit() => Assert.Equal(
        ["d delta 10ns r 00:01", "d delta -4ns r 00:02", "d delta 0ns r 00:02"],
        await Short(
            Some.Chain("[{name: delta, parameters: {target: {name: d}}}]"),
            Cpu(0, 20), Cpu(1, 30), Cpu(2, 26), Cpu(2, 26)));

    [Fact]
    public async Task Growth_only_drops_what_fell_but_goes_on_from_there() => Assert.Equal(
        ["d delta 37ns r 00:02"],
        await Short(
            Some.Chain("[{name: delta, parameters: {target: {name: d}, growth_only: true}}]"),
            Cpu(0, 26), Cpu(1, 16), Cpu(2, 53)));

    [Fact]
    public async Task A_late_sample_gives_no_delta_and_the_newer_stays() => Assert.Equal(
        ["cpu delta 5ns r 00:20"],
        await Short(Some.Chain("[{name: delta}]"), Cpu(10, 10), Cpu(0, 99), Cpu(20, 15)));

    [Fact]
    public async Task A_delta_may_be_renamed_by_pattern() => Assert.Equal(
        ["cpu.delta delta 5ns r 00:20"],
        await Short(
            Some.Chain(
                "[{name: delta, parameters: {source: {map_from: {name: '^(.+)$'}}, "
                + "target: {map_to: {name: '\\1.delta'}}}}]"),
            Cpu(10, 10), Cpu(20, 15)));

    [Fact]
    public async Task An_accumulator_lets_out_at_a_flush_that_finds_enough()
    {
        var config = Some.Chain("[{name: accumulator, parameters: {size: 3}}]");
        Assert.Empty(await Short(config, Cpu(0, 1), Flush, Cpu(1, 2), Flush));
        Assert.Equal(
            [
                "cpu cumulative 1ns r 00:00", "cpu cumulative 2ns r 00:01", "cpu cumulative 3ns r 00:02",
                "cpu cumulative 4ns r 00:03",
            ],
            await Short(config, Cpu(0, 1), Flush, Cpu(1, 2), Flush, Cpu(2, 3), Cpu(3, 4), Flush, Cpu(4, 5)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task An_accumulator_of_no_size_passes_everything(string size) => Assert.Equal(
        ["cpu cumulative 1ns r 00:00"],
        await Short(Some.Chain($"[{{name: accumulator, parameters: {{size: {size}}}}}]"), Cpu(0, 1), Flush));

    [Fact]
    public async Task What_a_transformer_lets_out_enters_at_the_next() => Assert.Equal(
        ["sum delta 3B r 00:00"],
        await Short(
            Some.Chain(
                "[{name: unit_conversion, parameters: {target: {type: delta, unit: B, scale: 1.0}}}, "
                + "{name: accumulator, parameters: {size: 2}}, "
                + "{name: aggregator, parameters: {size: 2, target: {name: sum}}}]"),
            Cpu(0, 1), Flush, Cpu(1, 2), Flush));

    private static string Cpu(int second, int volume) =>
        At(second, $$""" "name":"cpu","type":"cumulative","unit":"ns","volume":{{volume}},"resource_id":"r" """);
}
