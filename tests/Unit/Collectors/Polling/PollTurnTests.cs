using Ops.Collectors.Polling;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

public sealed class PollTurnTests : IDisposable
{
    private readonly PollRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task What_a_source_lists_and_its_discoveries_find_is_polled_once()
    {
        var pollster = new FakePollster("cpu", "own");
        var (found, own) = (new FakeDiscovery("found", "b", "c"), new FakeDiscovery("own", "z"));
        var source = PollRig.Source("s", "cpu") with
        {
            Resources = ["a", "b"], Discovery = ["found://x", "found://x", "found"],
        };
        await _rig.RoundAsync(new PollPlan(new PollingConfig([source]), [pollster], [found, own]));
        Assert.Equal(["a", "b", "c"], pollster.Calls.Single());
        Assert.Equal(["x", null], found.Asked);
        Assert.Empty(own.Asked);
    }

    [Fact]
    public async Task Where_a_source_finds_nothing_the_pollsters_own_discovery_is_asked()
    {
        var pollsters = new[] { new FakePollster("cpu", "own://p"), new FakePollster("memory", "own://p") };
        var (none, own) = (new FakeDiscovery("none"), new FakeDiscovery("own", "vm-1"));
        var source = PollRig.Source("s", "*") with { Discovery = ["none"] };
        var plan = new PollPlan(new PollingConfig([source]), pollsters, [none, own]);
        await _rig.RoundAsync(plan);
        Assert.All(pollsters, pollster => Assert.Equal(["vm-1"], pollster.Calls.Single()));
        Assert.Equal(["p"], own.Asked);
        await _rig.RoundAsync(plan);
        Assert.Equal(["p", "p"], own.Asked);
    }

    [Fact]
    public async Task A_pollster_without_resources_is_passed_over()
    {
        var pollster = new FakePollster("cpu");
        await _rig.RoundAsync(PollRig.Source("s", "cpu"), pollster);
        Assert.Empty(pollster.Calls);
        Assert.Equal(0, _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles).Polls);
    }

    [Fact]
    public async Task A_resource_that_two_sources_name_is_polled_once_a_round()
    {
        var pollster = new FakePollster("cpu");
        var sources = new[]
        {
            PollRig.Source("s", "cpu") with { Resources = ["a", "b"] },
            PollRig.Source("t", "c*") with { Resources = ["b", "c"] },
        };
        await _rig.RoundAsync(new PollPlan(new PollingConfig(sources), [pollster], []));
        Assert.Equal(["a,b", "c"], pollster.Calls.Select(call => string.Join(',', call)));
    }

    [Fact]
    public async Task All_samples_of_a_round_bear_its_time()
    {
        var pollsters = new[] { new FakePollster("cpu"), new FakePollster("memory") };
        pollsters[0].Does = (_, _, _) =>
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };
        await _rig.RoundAsync(PollRig.Source("s", "*") with { Resources = ["a", "b"] }, pollsters);
        Assert.Equal(4, _rig.Sink.Samples.Count);
        Assert.All(_rig.Sink.Samples, sample => Assert.Equal(PollRig.Start.ToUnixNs(), sample.TimestampNs));
    }

    [Fact]
    public async Task Series_and_contexts_stay_the_same_objects_while_nothing_changes()
    {
        var name = "web";
        var pollster = new FakePollster("cpu")
        {
            Gives = resource => new PolledSample("cpu", MeterKind.Cumulative, "ns", resource.Key, 5)
            {
                ProjectId = "p1",
                ResourceName = name,
                Dimensions = Tags.Of(("core", "0")),
                Metadata = new Dictionary<string, object?>
                {
                    ["flavor"] = new Dictionary<string, object?> { ["vcpus"] = 2L },
                    ["tags"] = new List<object?> { "x" },
                },
            },
        };
        var source = PollRig.Source("s", "cpu") with { Resources = ["vm"] };
        await _rig.RoundAsync(source, pollster);
        await _rig.RoundAsync(source, pollster);
        name = "db";
        await _rig.RoundAsync(source, pollster);
        var samples = _rig.Sink.Samples;
        Assert.Same(samples[0].Series, samples[1].Series);
        Assert.Same(samples[0].Context, samples[1].Context);
        Assert.Same(samples[0].Series, samples[2].Series);
        Assert.NotSame(samples[0].Context, samples[2].Context);
        Assert.Equal("db", samples[2].Context.ResourceName);
        Assert.Equal("openstack", samples[2].Context.Source);
    }

    [Fact]
    public async Task Batches_hold_no_more_than_they_may()
    {
        var pollster = new FakePollster("cpu");
        var resources = Enumerable.Range(0, 10_000).Select(i => $"vm-{i}").ToList();
        await _rig.RoundAsync(PollRig.Source("s", "cpu") with { Resources = resources }, pollster);
        Assert.Equal([4096, 4096, 1808], _rig.Sink.BatchCounts);
    }

    [Fact]
    public async Task Values_that_are_no_numbers_and_series_without_room_are_dropped_and_counted()
    {
        _rig.Options = _rig.Options with { SeriesMax = 2 };
        var pollster = new FakePollster("cpu")
        {
            Gives = resource => new PolledSample(
                "cpu", MeterKind.Gauge, "", resource.Key, resource.Key == "nan" ? double.NaN : 1),
        };
        await _rig.RoundAsync(
            PollRig.Source("s", "cpu") with { Resources = ["a", "nan", "b", "c", "d"] }, pollster);
        var counts = _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles);
        Assert.Equal((2, 3), (counts.Samples, counts.Dropped));
        Assert.Equal(["polling: there are 2 series already; samples of new ones are dropped"], _rig.Said);
    }

    [Fact]
    public async Task Entities_are_handed_over_before_samples()
    {
        var pollster = new FakePollster("entities.switch")
        {
            Does = (round, _, _) =>
            {
                round.Observe(new Observation { Entity = new EntityRef("switch", "s1"), State = "UP" });
                return Task.CompletedTask;
            },
        };
        await _rig.RoundAsync(PollRig.Source("s", "entities.*") with { Resources = ["s1"] }, pollster);
        Assert.Equal("switch:s1", _rig.Sink.Observations.Single().Entity.ToString());
        Assert.Equal(1, _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles).Observations);
    }

    [Fact]
    public async Task What_nobody_takes_is_counted_and_said_once()
    {
        var pollster = new FakePollster("cpu");
        var source = PollRig.Source("s", "cpu") with { Resources = ["a"] };
        _rig.Sink.Fails = new IOException("the disk is full");
        await _rig.RoundAsync(source, pollster);
        await _rig.RoundAsync(source, pollster);
        _rig.Sink.Fails = null;
        await _rig.RoundAsync(source, pollster);
        Assert.Equal(
            [
                "polling: what was polled is not taken: the disk is full",
                "polling: what is polled is taken again",
            ],
            _rig.Said);
        var counts = _rig.Crew.Tally.Snapshot(_rig.Crew.Troubles);
        Assert.Equal((1, 2), (counts.Samples, counts.Dropped));
    }

    [Fact]
    public async Task A_discovery_that_fails_or_does_not_exist_is_said_once_and_finds_nothing()
    {
        var pollster = new FakePollster("cpu");
        var broken = new FakeDiscovery("broken", "x") { Fails = new IOException("no route") };
        var source = PollRig.Source("s", "cpu") with { Resources = ["a"], Discovery = ["broken", "unknown://p"] };
        var plan = new PollPlan(new PollingConfig([source]), [pollster], [broken]);
        await _rig.RoundAsync(plan);
        await _rig.RoundAsync(plan);
        broken.Fails = null;
        await _rig.RoundAsync(plan);
        Assert.Equal(
            [
                "polling: discovery 'broken' failed: no route; it finds nothing",
                "polling: there is no discovery 'unknown://p'; it finds nothing",
                "polling: discovery 'broken' works again",
            ],
            _rig.Said);
        Assert.Equal(["a", "a", "a,x"], pollster.Calls.Select(call => string.Join(',', call)));
    }

    [Fact]
    public async Task Agents_poll_only_their_share()
    {
        _rig.Options = _rig.Options with { Agents = ["agent-a", "agent-b"] };
        var all = Enumerable.Range(0, 12).Select(i => $"res-{i}").ToArray();
        var (listed, found, local) = (new FakePollster("m1"), new FakePollster("m2", "g"), new FakePollster("m3", "l"));
        var plan = new PollPlan(
            new PollingConfig(
            [
                PollRig.Source("s", "m1") with { Resources = all },
                PollRig.Source("t", "m2", "m3"),
            ]),
            [listed, found, local],
            [new FakeDiscovery("g", all), new FakeDiscovery("l", all) { Group = null }]);
        await _rig.RoundAsync(plan);
        string[] mine = ["res-1", "res-4", "res-5", "res-6", "res-8"];
        Assert.Equal(mine, listed.Calls.Single());
        Assert.Equal(mine, found.Calls.Single());
        Assert.Equal(all, local.Calls.Single());
    }
}
