using CsCheck;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Alarms;

/// <summary>What is judged on push must be what judging all samples from scratch at each window's end gives.</summary>
public sealed class AlarmOracleTests
{
    private const int WindowSeconds = 10;
    private const int WindowCount = 12;

    /// <summary>Samples as (second, value), at most three in a window, with gaps; in order of time.</summary>
    private static readonly Gen<(int Second, int Value)[]> Samples = Gen
        .Select(Gen.Int[0, (WindowCount * WindowSeconds) - 1], Gen.Int[0, 100]).Array[1, 30]
        .Select(samples => samples.DistinctBy(sample => sample.Item1).OrderBy(sample => sample.Item1).ToArray());

    [Fact]
    public void Judging_on_push_equals_judging_from_scratch() => Gen.Select(Samples, Gen.Int[1, 4]).Sample(
        (samples, periods) =>
        {
            var bench = new AlarmBench(
                $"  - {{name: a, meter: m, when: '> 50', window: {WindowSeconds}s, periods: {periods}}}");
            foreach (var (second, value) in samples)
            {
                bench.Send(second, value);
            }

            bench.At(samples[^1].Second + (2 * WindowSeconds));
            Assert.Equal(FromScratch(samples, periods), bench.Sink.All.Select(transition => transition.To));
        },
        iter: 300, threads: 1);

    [Fact]
    public void Many_series_at_once_are_judged_as_if_each_were_alone() => Samples.Array[2, 4].Sample(
        streams =>
        {
            const string Rule = "  - {name: a, meter: m, when: '> 50', window: 10s, periods: 2}";
            var together = new AlarmBench(Rule);
            var merged = streams.SelectMany((stream, index) => stream.Select(
                sample => (sample.Second, sample.Value, Resource: $"r{index}"))).OrderBy(sample => sample.Second);
            foreach (var (second, value, resource) in merged)
            {
                together.Send(second, value, resource);
            }

            together.At(WindowSeconds * (WindowCount + 2));
            for (var index = 0; index < streams.Length; index++)
            {
                var alone = new AlarmBench(Rule);
                Array.ForEach(streams[index], sample => alone.Send(sample.Second, sample.Value, $"r{index}"));
                alone.At(WindowSeconds * (WindowCount + 2));
                Assert.Equal(
                    alone.Sink.All.Select(transition => transition.Reason),
                    together.Sink.All.Where(transition => transition.ResourceId == $"r{index}")
                        .Select(transition => transition.Reason));
            }
        },
        iter: 100, threads: 1);

    /// <summary>Aodh's rules, written down plainly: at the end of every window that has a value.</summary>
    private static List<AlarmState> FromScratch((int Second, int Value)[] samples, int periods)
    {
        var means = samples.GroupBy(sample => sample.Second / WindowSeconds)
            .ToDictionary(window => window.Key, window => window.Average(sample => sample.Value));
        var states = new List<AlarmState> { AlarmState.InsufficientData };
        var lastHeard = (double)samples[0].Second;
        foreach (var window in means.Keys.Order())
        {
            var first = samples.First(sample => sample.Second / WindowSeconds == window).Second;
            if (first - lastHeard >= Silence(periods))
            {
                Go(states, AlarmState.InsufficientData);
            }

            lastHeard = samples.Last(sample => sample.Second / WindowSeconds == window).Second;
            var values = Enumerable.Range(window - periods, periods + 1).Where(means.ContainsKey)
                .Select(index => means[index] > 50).TakeLast(periods).ToList();
            Go(states, Judged(values, periods, states[^1]));
        }

        states.RemoveAt(0);
        return states;
    }

    private static AlarmState Judged(List<bool> values, int periods, AlarmState state)
    {
        if (values.Count < periods)
        {
            return AlarmState.InsufficientData;
        }

        var newest = values[^1] ? AlarmState.Alarm : AlarmState.Ok;
        return values.Distinct().Count() == 1 || state == AlarmState.InsufficientData ? newest : state;
    }

    private static double Silence(int periods) => ((periods + 1) * WindowSeconds) + 5;

    private static void Go(List<AlarmState> states, AlarmState to)
    {
        if (states[^1] != to)
        {
            states.Add(to);
        }
    }
}
