using Ops.Pipeline.Publishers;
using Ops.Pipeline.Replay;
using Xunit;
using static Ops.Unit.Pipeline.Replayed;

namespace Ops.Unit.Pipeline;

public sealed class PipelineReplayTests
{
    private const string Pass = "[]";

    [Fact]
    public async Task A_sample_comes_out_with_its_names_and_its_pipeline()
    {
        var lines = await Lines(
            Some.Config("sources: [{name: s, meters: ['*'], sinks: [k]}]\nsinks: [{name: k, publishers: [test]}]"),
            new ReplayOptions(),
            OneLine(
                """
                {"name":"cpu","type":"cumulative","unit":"°C","volume":1.50,"resource_id":"r","project_id":"p",
                "user_id":"u","timestamp":"2016-01-01T00:00:00.123",
                "resource_metadata":{"a":{"b":[1,2.5,null,true,"x"]}},"source":"me","id":"gone"}
                """),
            """{"name":"bare","volume":"12"}""");
        Assert.Equal(
            [
                OneLine(
                    """
                    {"name":"cpu","type":"cumulative","unit":"°C","volume":1.5,"resource_id":"r","project_id":"p",
                    "user_id":"u","timestamp":"2016-01-01T00:00:00.123",
                    "resource_metadata":{"a":{"b":[1,2.5,null,true,"x"]}},"source":"me","pipeline":"s:k"}
                    """),
                OneLine(
                    """
                    {"name":"bare","type":"gauge","unit":"","volume":12,"resource_id":null,"project_id":null,
                    "user_id":null,"timestamp":"2016-01-01T00:00:00.123","resource_metadata":{},
                    "source":"openstack","pipeline":"s:k"}
                    """),
            ],
            lines);
    }

    [Fact]
    public async Task Whole_numbers_in_metadata_stay_whole()
    {
        var line = Assert.Single(await Lines(
            Some.Chain(
                "[{name: unit_conversion, parameters: {target: {scale: 1 if 'x' * resource_metadata.n else 2}}}]"),
            new ReplayOptions(),
            """{"name":"a","volume":9,"resource_metadata":{"n":-3,"big":9007199254740993}}"""));
        Assert.Contains("\"volume\":2,", line);
        Assert.Contains("""{"n":-3,"big":9007199254740993}""", line);
    }

    [Fact]
    public async Task The_counter_form_is_read_too() => Assert.Equal(
        ["cpu delta 7ns r 00:00"],
        await Short(
            Some.Chain(Pass),
            OneLine(
                """
                {"source":"openstack","counter_name":"cpu","counter_type":"delta","counter_unit":"ns",
                "counter_volume":7,"user_id":"u","project_id":"p","resource_id":"r",
                "timestamp":"2016-01-01T00:00:00","resource_metadata":{},"message_id":"m","monotonic_time":null,
                "message_signature":"s"}
                """)));

    [Theory]
    [InlineData("2016-01-01T00:00:00Z")]
    [InlineData("2016-01-01T00:00:00+00:00")]
    [InlineData("2016-01-01 00:00:00")]
    [InlineData("2016-01-01T02:00:00.000001+02:00")]
    public async Task Times_come_out_as_they_were_written(string time)
    {
        var lines = await Lines(
            Some.Chain(Pass), new ReplayOptions(), $$"""{"name":"a","volume":1,"timestamp":"{{time}}"}""");
        Assert.Contains($"\"timestamp\":\"{time}\"", Assert.Single(lines));
    }

    [Fact]
    public async Task The_clock_is_the_newest_sample_until_it_is_set() => Assert.Equal(
        [
            "a gauge 1 r 00:09", "b gauge 1 r 00:03", "c gauge 1 r 00:09", "d gauge 1 r 00:05", "e gauge 1 r 00:20",
            "f gauge 1 r 00:05",
        ],
        await Short(
            Some.Chain(Pass),
            At(9, """ "name":"a","volume":1,"resource_id":"r" """),
            At(3, """ "name":"b","volume":1,"resource_id":"r" """),
            """{"name":"c","volume":1,"resource_id":"r"}""",
            """{"now":"2016-01-01T00:00:05"}""",
            """{"name":"d","volume":1,"resource_id":"r"}""",
            At(20, """ "name":"e","volume":1,"resource_id":"r" """),
            """{"name":"f","volume":1,"resource_id":"r"}"""));

    [Theory]
    [InlineData("null", "line 1: the sample was dropped: its volume is not a finite number, found null")]
    [InlineData("\"many\"", "line 1: the sample was dropped: its volume is not a finite number, found \"many\"")]
    [InlineData("NaN", "line 1: the sample was dropped: its volume is not a finite number, found \"NaN\"")]
    [InlineData("-Infinity", "line 1: the sample was dropped: its volume is not a finite number, found \"-Infinity\"")]
    [InlineData("[1]", "line 1: the sample was dropped: its volume is not a finite number, found [1]")]
    [InlineData(
        "1, \"type\":\"rate\"",
        "line 1: the sample was dropped: its type must be one of gauge, delta, cumulative, found \"rate\"")]
    [InlineData(
        "1, \"timestamp\":\"soon\"",
        "line 1: the sample was dropped: its timestamp must be an ISO time from 1678 to 2261, found \"soon\"")]
    [InlineData(
        "1, \"timestamp\":\"1600-01-01T00:00:00\"",
        "line 1: the sample was dropped: its timestamp must be an ISO time from 1678 to 2261, found "
        + "\"1600-01-01T00:00:00\"")]
    public async Task A_sample_that_cannot_be_taken_is_dropped_with_a_warning(string volume, string warning)
    {
        var warnings = new List<string>();
        var output = new StringWriter();
        var replay = new PipelineReplay(Some.Chain(Pass), new ReplayOptions { Warn = warnings.Add });
        var summary = await replay.RunAsync(
            new StringReader($$"""{"name":"NaN \" NaN","volume":{{volume}}}""" + "\n{\"name\":\"b\",\"volume\":1}"),
                output);
        Assert.Equal([warning], warnings);
        Assert.Equal((2, 1, 1, 1), (summary.Lines, summary.Received, summary.Published, summary.Dropped.Values.Sum()));
    }

    [Theory]
    [InlineData("{", "line 2: is not JSON (at byte 1): {")]
    [InlineData("[]", "line 2: is not a JSON object: []")]
    [InlineData(
        """{"name":"\ud800","volume":1}""",
        "line 2: holds text that is not Unicode, such as half of a surrogate pair: "
            + "{\"name\":\"\\ud800\",\"volume\":1}")]
    [InlineData(
        """{"volume":1}""", "line 2: is neither a sample (it has no 'name' or 'counter_name'), nor 'flush', nor 'now'")]
    [InlineData("""{"flush":1}""", "line 2: 'flush' must be true, found 1")]
    [InlineData("""{"now":"later"}""", "line 2: 'now' must be an ISO time, found \"later\"")]
    public async Task A_line_that_says_nothing_known_ends_the_replay(string line, string message)
    {
        var output = new StringWriter();
        var fault = await Assert.ThrowsAsync<ReplayInputException>(() => new PipelineReplay(Some.Chain(Pass)).RunAsync(
            new StringReader($"{{\"name\":\"a\",\"volume\":1}}\n{line}\n"), output));
        Assert.Equal(message, fault.Message);
        Assert.Equal(2, fault.Line);
        Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_end_of_the_input_flushes_unless_it_must_not()
    {
        var config = Some.Chain("[{name: accumulator}]");
        const string Line = """{"name":"a","volume":1}""";
        Assert.Single(await Lines(config, new ReplayOptions(), Line));
        Assert.Empty(await Lines(config, new ReplayOptions { FinalFlush = false }, Line, ""));
    }

    [Fact]
    public async Task A_sample_that_two_sources_match_passes_a_sink_twice_with_one_state()
    {
        var config = Some.Config(
            """
            sources:
              - {name: a, meters: [x], sinks: [rate, raw]}
              - {name: rate, meters: ["*"], sinks: [rate]}
            sinks:
              - {name: raw, publishers: [test]}
              - {name: rate, publishers: [test], transformers: [{name: rate_of_change}]}
            """);
        var lines = await Lines(
            config, new ReplayOptions(), At(0, """ "name":"x","volume":1 """), At(10, """ "name":"x","volume":21 """));
        Assert.Equal(["a:raw 1", "rate 0", "a:rate 2", "a:raw 21", "rate 0"], lines.Select(Pipelines));
    }

    [Fact]
    public async Task A_flush_goes_pipeline_by_pipeline_and_names_who_fed_last()
    {
        var config = Some.Config(
            """
            sources:
              - {name: a, meters: [x, y], sinks: [sum, keep]}
              - {name: b, meters: [x], sinks: [sum]}
            sinks:
              - {name: keep, publishers: [test], transformers: [{name: accumulator}]}
              - {name: sum, publishers: [test], transformers: [{name: aggregator, parameters: {size: 3}}]}
            """);
        var lines = await Lines(
            config, new ReplayOptions(), """{"name":"x","type":"delta","volume":2}""",
                """{"name":"y","type":"delta","volume":5}""");
        Assert.Equal(["b:sum 4", "a:sum 5", "a:keep 2", "a:keep 5"], lines.Select(Pipelines));
    }

    [Fact]
    public async Task Publishers_are_called_when_asked_for()
    {
        var publisher = new TestPublisher("test://");
        var catalog = new PublisherCatalog().With("test", _ => publisher);
        await Lines(
            Some.Chain(Pass),
            new ReplayOptions { Publishers = catalog },
            """{"name":"x","volume":2}""", """{"flush":true}""", """{"name":"y","volume":3}""");
        Assert.Equal(["x", "y"], publisher.Samples.Select(sample => sample.Series.Meter));
    }

    private static string Pipelines(string line)
    {
        var sample = System.Text.Json.Nodes.JsonNode.Parse(line)!;
        return $"{sample["pipeline"]} {sample["volume"]}";
    }
}
