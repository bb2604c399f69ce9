using Ops.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollingAgentTests : IDisposable
{
    private readonly PollRig _rig = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _rig.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Each_interval_is_polled_at_once_and_then_on_its_own_beat()
    {
        var (often, seldom) = (new FakePollster("often"), new FakePollster("seldom"));
        using var agent = Agent(Config((10, "often"), (30, "seldom")), often, seldom);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 2);
        for (var i = 1; i <= 6; i++)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(10));
            await PollRig.UntilAsync(() => agent.Counts.Rounds == 2 + i + (i / 3), $"rounds of {i}0 s");
        }

        await StopAsync(run);
        Assert.Equal((7, 3), (often.Calls.Count, seldom.Calls.Count));
        Assert.Equal(0, agent.Counts.Overruns);
        var times = _rig.Sink.Samples.Where(sample => sample.Series.Meter == "often").Select(one => one.TimestampNs);
        Assert.Equal(
            Enumerable.Range(0, 7).Select(i => 10_000_000_000L * i),
            times.Select(ns => ns - _rig.Sink.Samples[0].TimestampNs));
        Assert.Equal(
            "2 of 2 pollsters at 2 intervals: 10 rounds, 10 samples", agent.Status().Detail);
        Assert.True(agent.Status().Ok);
    }

    [Fact]
    public async Task A_round_that_is_due_while_the_one_before_still_runs_is_left_out_and_counted()
    {
        var slow = new FakePollster("slow");
        var gate = new TaskCompletionSource();
        slow.Does = (_, _, _) => gate.Task;
        using var agent = Agent(Config((10, "slow")), slow);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => slow.Calls.Count == 1);
        _rig.Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Single(slow.Calls);
        gate.SetResult();
        await PollRig.UntilAsync(() => agent.Counts.Overruns == 2);
        Assert.Equal(1, agent.Counts.Rounds);
        slow.Does = null;
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 2);
        await StopAsync(run);
        Assert.False(slow.WasCalledTwiceAtATime);
        Assert.EndsWith(
            "; 2 rounds left out, the one before still ran", agent.Status().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_keeps_the_beat_of_intervals_that_stay()
    {
        var (stays, comes) = (new FakePollster("stays"), new FakePollster("comes"));
        using var agent = Agent(Config((10, "stays"), (20, "stays")), stays, comes);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 2);
        _rig.Time.Advance(TimeSpan.FromSeconds(4));
        agent.Reload(Config((10, "stays"), (7, "comes")));
        await PollRig.UntilAsync(() => comes.Calls.Count == 1 && agent.Counts.Rounds == 3);
        _rig.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, agent.Counts.Rounds);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 4);
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 5);
        await StopAsync(run);
        Assert.Equal(2, comes.Calls.Count);
    }

    [Fact]
    public async Task A_reload_asks_resources_again_that_were_given_up()
    {
        var pollster = new FakePollster("cpu");
        pollster.Does = (round, resources, _) =>
        {
            round.FailPermanently(resources[0]);
            return Task.CompletedTask;
        };
        using var agent = Agent(Config((10, "cpu")), pollster);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Never == 1 && agent.Counts.Rounds == 1);
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 2);
        Assert.Single(pollster.Calls);
        agent.Reload(Config((10, "cpu")));
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 3);
        await StopAsync(run);
        Assert.Equal(2, pollster.Calls.Count);
    }

    [Fact]
    public async Task Other_pollsters_take_over_at_the_next_round()
    {
        var (first, second) = (new FakePollster("m"), new FakePollster("m"));
        using var agent = Agent(Config((10, "m")), first);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 1);
        agent.Use([second], []);
        _rig.Time.Advance(TimeSpan.FromSeconds(10));
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 2);
        await StopAsync(run);
        Assert.Equal((1, 1), (first.Calls.Count, second.Calls.Count));
    }

    [Fact]
    public async Task A_pollster_of_two_intervals_is_never_called_twice_at_a_time()
    {
        var pollster = new FakePollster("m") { Does = (_, _, _) => Task.Delay(5) };
        using var agent = Agent(Config((10, "m"), (20, "m"), (40, "m")), pollster);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 3);
        await StopAsync(run);
        Assert.Equal(3, pollster.Calls.Count);
        Assert.False(pollster.WasCalledTwiceAtATime);
    }

    [Fact]
    public async Task An_agent_that_is_no_member_polls_nothing_and_says_so()
    {
        _rig.Options = _rig.Options with { Name = "agnt-a", Agents = ["agent-a", "agent-b"] };
        var pollster = new FakePollster("cpu");
        using var agent = Agent(Config((10, "cpu")), pollster);
        var run = agent.RunAsync(_stop.Token);
        const string said = "polling: 'agnt-a' is not among the agents (agent-a, agent-b) and polls nothing. Did you "
            + "mean 'agent-a'?";
        await PollRig.UntilAsync(() => _rig.Said.Count == 1);
        _rig.Time.Advance(TimeSpan.FromSeconds(30));
        await StopAsync(run);
        Assert.Equal([said], _rig.Said);
        Assert.Equal(said, agent.Status().Detail);
        Assert.False(agent.Status().Ok);
        Assert.Empty(pollster.Calls);
    }

    [Fact]
    public async Task Meters_and_discoveries_that_do_not_exist_are_said_at_the_start()
    {
        var source = PollRig.Source("s", "cpu", "memry", "disk.*") with { Discovery = ["tenants://x"] };
        using var agent = new PollingAgent(
            _rig.Options, new PollingConfig([source]), [new FakePollster("memory"), new FakePollster("cpu")],
            [new FakeDiscovery("tenant")], _rig.Outlets);
        var run = agent.RunAsync(_stop.Token);
        await PollRig.UntilAsync(() => agent.Counts.Rounds == 1);
        await StopAsync(run);
        Assert.Equal(
            [
                "polling source 's' names meter 'memry', which no pollster measures. Did you mean 'memory'?",
                "polling source 's' names discovery 'tenants://x', which does not exist. Did you mean 'tenant'?",
            ],
            _rig.Said.Take(2));
    }

    [Fact]
    public void First_rounds_are_spread_always_alike()
    {
        var span = TimeSpan.FromSeconds(10);
        var firsts = Enumerable.Range(0, 100).Select(i => DueTimes.Scatter($"target {i}", span)).ToList();
        Assert.Equal(firsts, Enumerable.Range(0, 100).Select(i => DueTimes.Scatter($"target {i}", span)));
        Assert.All(firsts, first => Assert.InRange(first, TimeSpan.Zero, span));
        Assert.InRange(firsts.Average(first => first.TotalSeconds), 3, 7);
    }

    private static PollingConfig Config(params (int Seconds, string Meter)[] sources) => new(
    [
        .. sources.Select(source => new PollingSource(
            $"every {source.Seconds}", TimeSpan.FromSeconds(source.Seconds), new MeterSelection(source.Meter))
        {
            Resources = ["r"],
        }),
    ]);

    private PollingAgent Agent(PollingConfig config, params IPollster[] pollsters) =>
        new(_rig.Options, config, pollsters, [], _rig.Outlets);

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
