using System.Diagnostics;
using Ops.Alarms.Rules;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmCostTests
{
    private const int SeriesCount = 1000;

    private static readonly SampleContext Service = new() { ResourceType = "service" };

    [Fact]
    public void A_steady_stream_of_samples_allocates_nothing()
    {
        var rules = """
              - {name: a, meter: m, when: '> 90', window: 10s, periods: 3, for: 1m}
              - {name: b, meter: "*", when: '> 90', window: 0}
              - {name: c, meter: m, when: '> 90', statistic: p95, window: 30s}
              - {name: d, meter: m, absent_for: 1m}
              - {name: e, meter: m, when: '> 90', by: [resource_type], window: 10s}
            """;
        var bench = new AlarmBench(rules);
        var series = Series(bench);
        using var batch = new SampleBatch(SeriesCount);
        for (var round = 0; round < 20; round++)
        {
            Judge(bench, series, batch, round);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 20; round < 40; round++)
        {
            Judge(bench, series, batch, round);
        }

        // The fake clock itself allocates a little when it is moved.
        var perSample = (GC.GetAllocatedBytesForCurrentThread() - before) / (20.0 * SeriesCount);
        Assert.InRange(perSample, 0, 0.5);
    }

    [Fact]
    public void Ten_thousand_rules_cost_a_sample_no_more_than_ten()
    {
        var few = NsPerSample(10);
        var many = NsPerSample(10_000);

        Assert.True(many < (few * 3) + 100, $"10 rules: {few:F0} ns a sample, 10 000 rules: {many:F0} ns");
    }

    private static double NsPerSample(int ruleCount)
    {
        var concerned = AlarmBench.Rules("alarms: [{name: r0, meter: m, when: '> 90', window: 10s}]")[0];
        var rules = Enumerable.Range(0, ruleCount).Select(rule => (rule % 4) switch
        {
            _ when rule == 0 => concerned,
            0 => concerned with { Name = $"r{rule}", Where = [new AttributeMatch("resource_id", [$"x{rule}"])] },
            1 => concerned with { Name = $"r{rule}", Where = [new AttributeMatch("resource_type", ["other"])] },
            2 => concerned with { Name = $"r{rule}", Meter = $"other{rule}" },
            _ => concerned with { Name = $"r{rule}", Meter = $"other{rule}.*" },
        });
        var bench = new AlarmBench("  - {name: none, meter: none, when: '> 1'}");
        bench.Reload([.. rules]);
        var series = Series(bench);
        using var batch = new SampleBatch(SeriesCount);
        Judge(bench, series, batch, 0);
        var best = double.MaxValue;
        for (var round = 1; round < 10; round++)
        {
            var start = Stopwatch.GetTimestamp();
            Judge(bench, series, batch, round);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / SeriesCount);
        }

        return best;
    }

    private static void Judge(AlarmBench bench, Series[] series, SampleBatch batch, int round)
    {
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        var nowNs = bench.Time.GetUtcNow().ToUnixNs();
        batch.Clear();
        for (var index = 0; index < series.Length; index++)
        {
            batch.Add(new Sample(series[index], Service, nowNs, (round + index) % 50));
        }

        Assert.True(bench.Evaluator.AcceptAsync(batch, default).IsCompletedSuccessfully);
    }

    private static Series[] Series(AlarmBench bench) =>
        [.. Enumerable.Range(0, SeriesCount).Select(index => bench.Catalog.Intern("m", $"r{index}"))];
}
