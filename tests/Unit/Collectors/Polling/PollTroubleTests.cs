using Ops.Collectors.Polling;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollTroubleTests : IDisposable
{
    private readonly PollRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_resource_that_is_given_up_is_never_asked_again_by_that_pollster()
    {
        var (cpu, memory) = (new FakePollster("cpu"), new FakePollster("memory"));
        cpu.Does = (round, resources, _) =>
        {
            foreach (var resource in resources.Where(resource => resource.Key == "bad"))
            {
                round.FailPermanently(resource);
            }

            return Task.CompletedTask;
        };
        var source = PollRig.Source("s", "*") with { Resources = ["good", "bad"] };
        await _rig.RoundAsync(source, cpu, memory);
        await _rig.RoundAsync(source, cpu, memory);
        Assert.Equal(["good,bad", "good"], cpu.Calls.Select(call => string.Join(',', call)));
        Assert.Equal(["good,bad", "good,bad"], memory.Calls.Select(call => string.Join(',', call)));
        Assert.Equal(
            [
                "polling: pollster 'cpu' cannot poll 'bad' and does not ask it again until the configuration is read "
                + "anew",
            ],
            _rig.Said);
        Assert.Equal(1, _rig.Crew.Troubles.Never);
    }

    [Fact]
    public async Task A_resource_that_fails_is_asked_less_and_less_often_until_it_answers()
    {
        _rig.Options = _rig.Options with { BackoffMax = TimeSpan.FromSeconds(50) };
        var pollster = new FakePollster("cpu") { Does = (_, _, _) => throw new IOException("no route") };
        var source = PollRig.Source("s", "cpu") with { Resources = ["a"] };
        var asked = new List<int>();
        for (var round = 0; round < 20; round++)
        {
            var before = pollster.Calls.Count;
            await _rig.RoundAsync(source, pollster);
            if (pollster.Calls.Count > before)
            {
                asked.Add(round);
            }
        }

        Assert.Equal([0, 1, 3, 7, 12, 17], asked);
        Assert.Equal(
            [
                "polling: pollster 'cpu' cannot poll 'a': no route; next try in 10 s, then less and less often",
            ],
            _rig.Said);
        pollster.Does = null;
        for (var round = 20; round < 24; round++)
        {
            await _rig.RoundAsync(source, pollster);
        }

        Assert.Equal("polling: pollster 'cpu' can poll 'a' again", _rig.Said[^1]);
        Assert.Equal(8, pollster.Calls.Count);
        Assert.Equal(0, _rig.Crew.Troubles.Failing);
    }

    [Fact]
    public async Task Where_a_poll_of_several_fails_each_is_asked_alone_and_only_the_culprit_waits()
    {
        var pollster = new FakePollster("cpu")
        {
            Does = (_, resources, _) => resources.Any(resource => resource.Key == "bad")
                ? throw new IOException("bad answer")
                : Task.CompletedTask,
        };
        var source = PollRig.Source("s", "cpu") with { Resources = ["a", "bad", "b"] };
        for (var round = 0; round < 4; round++)
        {
            await _rig.RoundAsync(source, pollster);
        }

        Assert.Equal(
            ["a,bad,b", "a", "bad", "b", "a,b", "bad", "a,b"],
            pollster.Calls.Select(call => string.Join(',', call)));
        Assert.Equal(
            [
                "polling: pollster 'cpu' failed on 3 resources at once: bad answer; it asks them one by one next time",
                "polling: pollster 'cpu' cannot poll 'bad': bad answer; next try in 10 s, then less and less often",
            ],
            _rig.Said);
    }

    [Fact]
    public async Task A_pollster_that_names_the_culprit_itself_keeps_the_others_together()
    {
        var pollster = new FakePollster("cpu")
        {
            Does = (round, resources, _) =>
            {
                foreach (var resource in resources.Where(resource => resource.Key == "bad"))
                {
                    round.FailPassing(resource, "timed out");
                }

                return Task.CompletedTask;
            },
        };
        var source = PollRig.Source("s", "cpu") with { Resources = ["a", "bad", "b"] };
        for (var round = 0; round < 3; round++)
        {
            await _rig.RoundAsync(source, pollster);
        }

        Assert.Equal(
            ["a,bad,b", "a,b", "bad", "a,b"], pollster.Calls.Select(call => string.Join(',', call)));
    }

    [Fact]
    public async Task A_pollster_that_fails_does_not_stop_the_next()
    {
        var (broken, works) = (new FakePollster("a"), new FakePollster("b"));
        broken.Does = (_, _, _) => throw new InvalidOperationException("bug");
        await _rig.RoundAsync(PollRig.Source("s", "*") with { Resources = ["r"] }, broken, works);
        Assert.Equal(["b"], _rig.Sink.Samples.Select(sample => sample.Series.Meter));
        var counts = _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles);
        Assert.Equal((2, 1, 0), (counts.Polls, counts.Failures, counts.Timeouts));
    }

    [Fact]
    public async Task A_pollster_that_hangs_holds_up_no_other_and_is_given_up()
    {
        var (hangs, works) = (new FakePollster("hangs"), new FakePollster("works"));
        hangs.Does = (_, _, token) => Task.Delay(Timeout.Infinite, token);
        var plan = new PollPlan(
            new PollingConfig([PollRig.Source("s", "*") with { Resources = ["r"] }]), [hangs, works], []);
        var turn = new PollTurn(plan, PollRig.Interval, _rig.Options, _rig.Crew, _rig.Time)
            .RunAsync(CancellationToken.None);
        await PollRig.UntilAsync(() => _rig.Sink.Samples.Count == 1 && hangs.Calls.Count == 1);
        Assert.False(turn.IsCompleted);
        _rig.Time.Advance(_rig.Options.Timeout);
        await turn;
        Assert.Equal(
            "polling: pollster 'hangs' cannot poll 'r': no answer within 30 s; next try in 10 s, then less and less "
            + "often",
            _rig.Said.Single());
        Assert.Equal(1, _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles).Timeouts);
    }

    [Fact]
    public async Task A_pollster_that_does_not_stop_when_told_is_left_out_until_it_does()
    {
        var ends = new TaskCompletionSource();
        var deaf = new FakePollster("deaf") { Does = (_, _, _) => ends.Task };
        var plan = new PollPlan(
            new PollingConfig([PollRig.Source("s", "*") with { Resources = ["r"] }]), [deaf], []);
        var turn = new PollTurn(plan, PollRig.Interval, _rig.Options, _rig.Crew, _rig.Time)
            .RunAsync(CancellationToken.None);
        await PollRig.UntilAsync(() => deaf.Calls.Count == 1);
        await PollRig.UntilAsync(() =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            return turn.IsCompleted;
        });
        _rig.Time.Advance(TimeSpan.FromHours(2));
        await _rig.RoundAsync(plan);
        await _rig.RoundAsync(plan);
        Assert.Single(deaf.Calls);
        Assert.Equal(
            "polling: pollster 'deaf' has not ended a call that was told to stop, and is left out meanwhile",
            _rig.Said[^1]);
        ends.SetResult();
        await PollRig.UntilAsync(() => !plan.Pollsters[0].IsStuck);
        await _rig.RoundAsync(plan);
        Assert.Equal(2, deaf.Calls.Count);
        Assert.False(deaf.WasCalledTwiceAtATime);
    }

    [Fact]
    public async Task No_more_pollsters_run_at_a_time_than_may()
    {
        _rig.Options = _rig.Options with { ParallelMax = 3 };
        var (running, most) = (0, 0);
        var pollsters = Enumerable.Range(0, 12).Select(i => new FakePollster($"m{i}")).ToArray();
        foreach (var pollster in pollsters)
        {
            pollster.Does = async (_, _, _) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (pollsters)
                {
                    most = Math.Max(most, now);
                }

                await Task.Delay(10);
                Interlocked.Decrement(ref running);
            };
        }

        await _rig.RoundAsync(PollRig.Source("s", "*") with { Resources = ["r"] }, pollsters);
        Assert.Equal(12, _rig.Sink.Samples.Count);
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public void Resources_that_nobody_wants_any_more_are_forgotten()
    {
        var troubles = _rig.Crew.Troubles;
        troubles.Fail("cpu", new PollResource("gone"), PollRig.Interval);
        Assert.Equal(1, troubles.Failing);
        _rig.Time.Advance(TimeSpan.FromHours(4));
        troubles.Sweep(TimeSpan.FromHours(3));
        Assert.Equal(0, troubles.Failing);
    }
}
