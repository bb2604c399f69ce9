using Ops.Model;
using Ops.Pipeline.Expressions;
using Ops.Pipeline.Transformers;
using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

/// <summary>Arithmetic over meters as Ceilometer 8 (Ocata) gives it.</summary>
public sealed class ArithmeticTests
{
    private const string Flush = """{"flush":true}""";

    private const string MemoryUtil =
        "[{name: arithmetic, parameters: {target: {name: memory_util, unit: '%', type: gauge, "
        + "expr: '100.0 * $(memory.usage) / $(memory)'}}}]";

    [Fact]
    public async Task Each_resource_gives_a_result_once_it_has_all_meters() => Assert.Equal(
        ["memory_util gauge 50% b 00:02", "memory_util gauge 25% a 00:03"],
        await Short(
            Some.Chain(MemoryUtil),
            One(0, "memory", 1024, "a"), Flush, One(1, "memory", 1024, "b"), One(2, "memory.usage", 512, "b"), Flush,
            One(3, "memory.usage", 256, "a"), Flush, Flush));

    [Fact]
    public async Task A_result_uses_the_latest_of_each_meter_up_once() => Assert.Equal(
        ["memory_util gauge 50% a 00:02"],
        await Short(
            Some.Chain(MemoryUtil),
            One(0, "memory", 1, "a"), One(1, "memory", 1024, "a"), One(2, "memory.usage", 512, "a"), Flush,
            One(3, "memory", 2048, "a"), Flush));

    [Fact]
    public async Task The_time_is_that_of_the_resources_own_last_sample() => Assert.Equal(
        ["memory_util gauge 50% a 00:01"],
        await Short(
            Some.Chain(MemoryUtil),
            One(0, "memory", 1024, "a"), One(1, "memory.usage", 512, "a"), One(2, "memory", 1, "b"),
                One(3, "cpu", 1, "a"), Flush));

    [Fact]
    public async Task Division_by_zero_gives_nothing_and_starts_anew() => Assert.Equal(
        ["memory_util gauge 50% a 00:03"],
        await Short(
            Some.Chain(MemoryUtil),
            One(0, "memory", 0, "a"), One(1, "memory.usage", 512, "a"), Flush,
            One(2, "memory.usage", 512, "a"), Flush, One(3, "memory", 1024, "a"), Flush));

    [Fact]
    public async Task A_dash_belongs_to_the_meters_name() => Assert.Equal(
        ["sum gauge 5MB a 00:01"],
        await Short(
            Some.Chain("[{name: arithmetic, parameters: {target: {name: sum, expr: $(a-b.c) + $(a_b)}}}]"),
            One(0, "a-b.c", 2, "a"), One(1, "a_b", 3, "a"), Flush));

    [Fact]
    public async Task What_is_not_said_is_as_in_the_first_meter() => Assert.Equal(
        ["b cumulative 2MB a 00:01"],
        await Short(
            Some.Chain("[{name: arithmetic, parameters: {target: {expr: $(b) if $(a).unit == 'MB' else 0}}}]"),
            One(0, "a", 1, "a"), One(1, "b", 2, "a", "cumulative"), Flush));

    [Fact]
    public async Task Resources_leave_in_order_of_first_sight() => Assert.Equal(
        ["a gauge 1MB x 00:00", "a gauge 1MB y 00:00"],
        await Short(
            Some.Chain("[{name: arithmetic, parameters: {target: {expr: $(a) / $(b)}}}]"),
            One(0, "a", 1, "x"), One(0, "a", 1, "y"), One(0, "b", 1, "y"), One(0, "b", 1, "x"), Flush));

    [Fact]
    public async Task Without_a_meter_nothing_comes_out() => Assert.Empty(
        await Short(
            Some.Chain("[{name: arithmetic, parameters: {target: {expr: 1 + 1}}}]"), One(0, "a", 1, "x"), Flush));

    [Fact]
    public void Resources_that_wait_are_limited_and_the_oldest_goes()
    {
        Assert.True(Expression.TryParseOverMeters("$(a) + $(b)", out var expression, out _));
        var catalog = new SeriesCatalog();
        var transformer = new ArithmeticTransformer(
            new ArithmeticRule { Expression = expression }, catalog, resourcesMax: 2);
        foreach (var (meter, resource) in new[] { ("a", "1"), ("a", "2"), ("a", "3"), ("b", "1"), ("b", "3") })
        {
            var sample = catalog.Sample(meter, 1, resource: resource);
            Assert.Equal(SampleFate.Held, transformer.Handle(ref sample, null!));
        }

        var flushed = new List<FlushedSample>();
        Assert.Equal(0, transformer.Flush(flushed));
        Assert.Equal(["a{3}"], flushed.Select(one => one.Sample.Series.ToString()));
    }

    private static string One(int second, string name, int volume, string resource, string type = "gauge") =>
        At(second,
            $$""" "name":"{{name}}","type":"{{type}}","unit":"MB","volume":{{volume}},"resource_id":"{{resource}}" """);
}
