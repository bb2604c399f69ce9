using Ops.Alarms;
using Xunit;

namespace Ops.Unit.Alarms;

public sealed class AlarmHandoverTests
{
    private const string Gone = "  - {name: gone, meter: m, when: '< 1', window: 0}";

    [Fact]
    public void What_the_sink_refuses_is_handed_over_later_in_order()
    {
        var bench = new AlarmBench(Gone);
        bench.Sink.Fails = true;
        bench.Send(0, 1);
        bench.Send(1, 0);
        Assert.Empty(bench.Sink.All);

        bench.Sink.Fails = false;
        bench.At(2);

        Assert.Equal("ok, alarm", bench.Sink.States);
        Assert.Equal(["alarm transitions cannot be handed over, trying again: the graph is busy"], bench.Log);
        Assert.True(bench.Evaluator.Counts.Failures >= 2);
    }

    [Fact]
    public void A_full_disk_stops_no_alarm_and_is_said_once()
    {
        var bench = new AlarmBench(Gone);
        bench.State.Fails = true;
        bench.Send(0, 1);
        bench.Send(1, 0);
        bench.At(10);
        Assert.Equal("ok, alarm", bench.Sink.States);
        Assert.Equal(["alarm states cannot be written, trying again: No space left on device"], bench.Log);

        bench.State.Fails = false;
        bench.At(11);

        Assert.Equal("alarm", new AlarmBench(Gone, bench.State).Only.State);
    }

    [Fact]
    public void What_waits_for_a_dead_sink_is_bounded()
    {
        var bench = new AlarmBench(Gone, options: new AlarmEvaluatorOptions { UndeliveredMax = 3 });
        bench.Sink.Fails = true;
        for (var second = 0; second < 10; second++)
        {
            bench.Send(second, second % 2);
        }

        bench.Sink.Fails = false;
        bench.At(20);

        Assert.Equal("ok, alarm, ok", bench.Sink.States);
        Assert.Equal(7, bench.Evaluator.Counts.TransitionsDropped);
    }

    [Fact]
    public async Task Batches_from_many_writers_are_judged_one_after_the_other()
    {
        var bench = new AlarmBench(Gone);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                bench.SendStamped(0, round % 2, $"r{writer}");
            }
        })));

        foreach (var alarm in bench.Sink.All.GroupBy(transition => transition.AlarmId))
        {
            Assert.Equal(200, alarm.Count());
            Assert.All(alarm.Zip(alarm.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        }

        Assert.Equal(1600, bench.Evaluator.Counts.SamplesReceived);
    }
}
