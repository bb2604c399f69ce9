using System.Text.Json.Nodes;
using Ops.Pipeline.Replay;
using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

/// <summary>Aggregation as Ceilometer 8 (Ocata) gives it; the cases follow its tests of transformers.</summary>
public sealed class AggregatorTests
{
    private const string Flush = """{"flush":true}""";

    private static readonly string[] Objects =
    [
        Object(0, 26, "u", "p", "1.0"),
        Object(1, 16, "u", "p", "2.0"),
        Object(2, 53, "u2", "p2", "1.0"),
        Object(3, 42, "u2", "p2", "2.0"),
        Object(4, 15, "u", "p2", "2.0"),
        Object(5, 2, "u2", "p", "3.0"),
    ];

    [Fact]
    public async Task Owners_tell_groups_apart() => Assert.Equal(
        ["42 u p 2.0 00:00", "95 u2 p2 2.0 00:02", "15 u p2 2.0 00:04", "2 u2 p 3.0 00:05"],
        await Owned("resource_metadata: last"));

    [Fact]
    public async Task A_merged_user_is_the_last_or_the_first()
    {
        Assert.Equal(["44 u2 p 3.0 00:00", "110 u p2 2.0 00:02"], await Owned("user_id: last"));
        Assert.Equal(["44 u p 3.0 00:00", "110 u2 p2 2.0 00:02"], await Owned("user_id: first"));
    }

    [Fact]
    public async Task Everything_may_be_merged()
    {
        Assert.Equal(
            ["154 u2 p 3.0 00:00"],
            await Owned("user_id: last, project_id: last, resource_metadata: last"));
        Assert.Equal(
            ["154 u p 1.0 00:05"],
            await Owned("user_id: first, project_id: first, resource_metadata: first, timestamp: last"));
        Assert.Equal(
            ["154 u2 p - 00:00"],
            await Owned("user_id: last, project_id: last, resource_metadata: drop"));
    }

    [Fact]
    public async Task A_gauge_gives_its_mean_a_delta_its_sum_and_a_counter_its_last() => Assert.Equal(
        ["g gauge 2B r 00:00", "d delta 6B r 00:00", "c cumulative 3B r 00:00"],
        await Short(Some.Chain("[{name: aggregator, parameters: {size: 9}}]"), [.. Kinds(), Flush]));

    [Fact]
    public async Task A_gauge_that_is_renamed_gives_its_mean_too() => Assert.Equal(
        ["new gauge 2B r 00:00"],
        await Short(Some.Chain("[{name: aggregator, parameters: {size: 3, target: {name: new}}}]"),
            [.. Kinds().Take(3), Flush]));

    [Fact]
    public async Task Size_counts_all_samples_and_groups_leave_together()
    {
        var config = Some.Chain("[{name: aggregator, parameters: {size: 4}}]");
        Assert.Empty(await Short(config, [.. Kinds().Take(3), Flush]));
        Assert.Equal(["g gauge 2B r 00:00", "d delta 1B r 00:00"], await Short(config, [.. Kinds().Take(4), Flush]));
    }

    [Fact]
    public async Task Without_an_owner_is_an_owner_of_its_own() => Assert.Equal(
        ["s delta 42B r 00:00"],
        await Short(
            Some.Chain("[{name: aggregator, parameters: {size: 2}}]"),
            At(0, """ "name":"s","type":"delta","unit":"B","volume":26,"resource_id":"r","user_id":null """),
            Flush,
            At(1, """ "name":"s","type":"delta","unit":"B","volume":16,"resource_id":"r" """),
            Flush));

    [Fact]
    public async Task Scale_applies_to_each_and_max_to_the_first() => Assert.Equal(
        ["d delta 12B r 00:00"],
        await Short(Some.Chain("[{name: aggregator, parameters: {size: 3, target: {scale: 2, max: 2}}}]"),
            [.. Kinds().Skip(3).Take(3), Flush]));

    [Fact]
    public async Task Retention_lets_out_once_the_clock_is_past_it()
    {
        var config = Some.Chain("[{name: aggregator, parameters: {size: 0, retention_time: 300}}]");
        string[] input = [
            """{"now":"2016-01-01T00:00:00"}""", .. Kinds().Take(3), Flush, """{"now":"2016-01-01T00:05:00"}""", Flush];
        Assert.Empty(await Short(config, input));
        Assert.Equal(
            ["g gauge 2B r 00:00"], await Short(config, [.. input, """{"now":"2016-01-01T00:05:01"}""", Flush]));
    }

    [Fact]
    public async Task A_late_sample_does_not_let_out_early() => Assert.Empty(
        await Short(
            Some.Chain("[{name: aggregator, parameters: {size: 100, retention_time: 300}}]"),
            """{"now":"2016-01-01T12:00:00"}""",
            At(0, """ "name":"s","volume":1,"resource_id":"r" """),
            Flush));

    [Fact]
    public async Task Size_and_retention_work_beside_each_other() => Assert.Equal(
        ["s gauge 2 r 00:00", "s gauge 9 r 06:00"],
        await Short(
            Some.Chain("[{name: aggregator, parameters: {size: 2, retention_time: 300}}]"),
            At(0, """ "name":"s","volume":1,"resource_id":"r" """),
            At(1, """ "name":"s","volume":3,"resource_id":"r" """),
            Flush,
            At(360, """ "name":"s","volume":9,"resource_id":"r" """),
            Flush,
            """{"now":"2016-01-01T01:00:00"}"""));

    private static IEnumerable<string> Kinds() =>
        from kind in new[] { "gauge", "delta", "cumulative" }
        from volume in new[] { 1, 2, 3 }
        select At(0, $$""" "name":"{{kind[0]}}","type":"{{kind}}","unit":"B","volume":{{volume}},"resource_id":"r" """);

    private static string Object(int second, int volume, string user, string project, string version) => At(
        second,
        OneLine(
            $$"""
            "name":"bytes","type":"delta","unit":"B","volume":{{volume}},"resource_id":"r","user_id":"{{user}}",
            "project_id":"{{project}}","resource_metadata":{"version":"{{version}}"}
            """));

    private static async Task<string[]> Owned(string parameters)
    {
        var lines = await Lines(
            Some.Chain($"[{{name: aggregator, parameters: {{{parameters}, target: {{name: sum}}}}}}]"),
                new ReplayOptions(), Objects);
        return [.. lines.Select(line => JsonNode.Parse(line)!).Select(sample =>
            $"{sample["volume"]} {sample["user_id"]} {sample["project_id"]} "
            + $"{sample["resource_metadata"]!["version"] ?? "-"} "
            + sample["timestamp"]!.ToString()[14..])];
    }
}
