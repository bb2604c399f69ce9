using Ops.Model;
using Ops.Pipeline;
using Xunit;

namespace Ops.Unit.Pipeline;

public sealed class PipelineRunTests
{
    private readonly SeriesCatalog _catalog = new();
    private readonly Collected _collected = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void Each_sample_goes_through_its_pipelines_in_order_before_the_next()
    {
        var run = Run(
            """
            sources:
              - {name: all, meters: ["*"], sinks: [all, second]}
              - {name: cpu, meters: [cpu], sinks: [all]}
            sinks:
              - {name: second, publishers: [test]}
              - {name: all, publishers: [test]}
            """);
        run.Run([_catalog.Sample("cpu", 1), _catalog.Sample("x", 2)]);
        Assert.Equal(
            [("all", 1.0), ("all:second", 1), ("cpu:all", 1), ("all", 2), ("all:second", 2)],
            _collected.All.Select(one => (one.Pipeline, one.Sample.Volume)));
        Assert.Equal(["all", "all:second", "cpu:all"], run.Routes.Select(route => route.Name));
        Assert.Equal((2, 5), (run.Counts.Received, run.Counts.Published));
    }

    [Fact]
    public void What_no_source_takes_is_counted()
    {
        var run = Run("sources: [{name: s, meters: [cpu], sinks: [k]}]\nsinks: [{name: k, publishers: [test]}]");
        run.Run([_catalog.Sample("x", 1), _catalog.Sample("cpu", 1)]);
        Assert.Equal(1, run.Counts.Dropped["unmatched"]);
        Assert.Equal((2, 1), (run.Counts.Received, run.Counts.Published));
    }

    [Fact]
    public void Volumes_that_are_no_numbers_are_dropped_with_ever_rarer_warnings()
    {
        var run = Run(Everything("[]"));
        var sample = _catalog.Sample("cpu", double.NaN);
        run.Run([sample, sample with { Volume = double.PositiveInfinity }, sample, sample, sample]);
        Assert.Equal(5, run.Counts.Dropped["invalid_volume"]);
        Assert.Equal(
            [.. new[] { 1, 2, 4 }.Select(n =>
                $"sample of cpu{{r1}} was dropped: its volume is not a finite number ({n} so far)")],
            _warnings);
    }

    [Fact]
    public void A_failing_expression_names_the_pipeline_and_the_reason()
    {
        var run = Run(Everything("[{name: unit_conversion, parameters: {target: {scale: 1 / resource_metadata.n}}}]"));
        run.Run([_catalog.Sample("cpu", 1)]);
        Assert.Equal(
            [
                "sample of cpu{r1} was dropped in pipeline 't': "
                    + "/ does not go with a number and a missing name (1 so far)",
            ],
            _warnings);
        Assert.Equal(1, run.Counts.Dropped["expression_failed"]);
    }

    [Fact]
    public void A_failing_result_of_arithmetic_is_counted()
    {
        var run = Run(Everything("[{name: arithmetic, parameters: {target: {expr: 1 / $(cpu)}}}]"));
        run.Run([_catalog.Sample("cpu", 0)]);
        run.Flush();
        Assert.Equal(["sink 't': an arithmetic result was dropped: division by zero (1 so far)"], _warnings);
        Assert.Equal(1, run.Counts.Dropped["expression_failed"]);
    }

    [Fact]
    public void What_a_flush_gives_must_be_a_number_too()
    {
        var run = Run(Everything("[{name: aggregator, parameters: {size: 2}}]"));
        run.Run([_catalog.Sample("cpu", 1e308, kind: MeterKind.Delta),
            _catalog.Sample("cpu", 1e308, kind: MeterKind.Delta)]);
        run.Flush();
        Assert.Empty(_collected.All);
        Assert.Equal(1, run.Counts.Dropped["not_finite"]);
        Assert.Equal(2, run.Counts.Held);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{name: unit_conversion, parameters: {target: {name: b, unit: x, scale: 2}}}]")]
    [InlineData("[{name: unit_conversion, parameters: {target: {scale: (volume * 1.8) + 32}}}]")]
    [InlineData(
        "[{name: rate_of_change, parameters: {target: {name: rate, scale: 100.0 / (10**9 * "
        + "(resource_metadata.cpu_number or 1))}}}]")]
    [InlineData(
        "[{name: delta, parameters: {target: {name: d}}}, {name: unit_conversion, parameters: {target: {unit: y}}}]")]
    public void The_steady_state_allocates_nothing(string transformers)
    {
        var counted = new Counted();
        var run = new PipelineRun(Some.Chain(transformers), _catalog, TimeProvider.System, counted);
        var samples = Enumerable.Range(0, 100).Select(i => _catalog.Sample("cpu", i, resource: $"r{i}")).ToArray();
        void Round(int at)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = samples[i] with { TimestampNs = at * 1_000_000_000L, Volume = at };
            }

            run.Run(samples);
            run.Flush();
        }

        Round(0);
        Round(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 2; at < 100; at++)
        {
            Round(at);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(counted.Count >= 9_900);
    }

    [Fact]
    public void A_sink_that_stayed_the_same_keeps_its_state_over_a_reload()
    {
        const string Rate = "[{name: rate_of_change, parameters: {target: {name: rate}}}]";
        var first = Run(Everything(Rate));
        first.Run([_catalog.Sample("cpu", 1, 0)]);
        var same = new PipelineRun(
            Some.Config("# moved\n" + Everything(Rate)), _catalog, TimeProvider.System, _collected, first.Counts,
                before: first);
        same.Run([_catalog.Sample("cpu", 21, 10)]);
        Assert.Equal([2.0], _collected.Volumes);
        Assert.Equal(2, same.Counts.Received);

        var other = new PipelineRun(
            Some.Config(Everything(Rate.Replace("rate}", "other}"))), _catalog, TimeProvider.System, _collected,
                before: same);
        other.Run([_catalog.Sample("cpu", 41, 20)]);
        Assert.Single(_collected.All);
    }

    private static string Everything(string transformers) =>
        "sources: [{name: t, meters: ['*'], sinks: [t]}]\n"
        + $"sinks: [{{name: t, publishers: [test], transformers: {transformers}}}]";

    private PipelineRun Run(string yaml) =>
        new(Some.Config(yaml), _catalog, TimeProvider.System, _collected, warn: _warnings.Add);

    private sealed class Counted : IPipelineOutput
    {
        public long Count { get; private set; }

        public void Publish(PipelineRoute route, in Sample sample) => Count++;
    }
}
