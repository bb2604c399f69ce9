using System.Diagnostics;
using Ops.Model;

namespace Ops.Integration.Redis;

/// <summary>A failover of a real master, replica and Sentinel.</summary>
public sealed class SentinelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_failover_becomes_events_and_another_graph_within_seconds()
    {
        await using var master = await RedisProcess.ServerAsync(password: "secret");
        await using var replica = await RedisProcess.ServerAsync($"replicaof 127.0.0.1 {master.Port}", "secret");
        await using var sentinel = await RedisProcess.SentinelAsync(master, "orders");
        await using var watched = new WatchedRedis([master.Url, replica.Url], [sentinel.Url]);
        await WatchedRedis.UntilAsync("the Sentinel to know the replica", () => Servers(watched).Count == 2
            && watched.Server(replica)?.State == "ACTIVE");
        Assert.Equal(WatchedRedis.Id(master), Group(watched)!.Properties["master"]);
        Assert.Equal("ACTIVE", Group(watched)!.State);
        Assert.Contains(
            new ObservedRelation("monitors", RelationDirection.Out, new EntityRef("redis.master", "orders")),
            watched.Last("redis.sentinel", WatchedRedis.Id(sentinel))!.Relations);
        Assert.Equal(1, watched.Volume("redis.sentinel.sentinel_masters", sentinel));
        Assert.Equal(1, watched.Volume("redis.sentinel.master.ok", sentinel));

        var clock = Stopwatch.StartNew();
        master.Kill();
        await WatchedRedis.UntilAsync("the switch", () => Switch(watched) is not null);
        var told = clock.Elapsed;
        await WatchedRedis.UntilAsync("the new graph", () =>
            Equals(Group(watched)!.Properties["master"], WatchedRedis.Id(replica))
            && Equals(watched.Server(replica)!.Properties["role"], "master"));
        output.WriteLine($"event after {told.TotalSeconds:0.0} s, graph after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.5, 15);

        var traits = Switch(watched)!.Traits.ToDictionary(trait => trait.Name, trait => trait.Value);
        Assert.Equal(
            ("orders", WatchedRedis.Id(master), WatchedRedis.Id(replica), "orders"),
            (traits["master"], traits["old_address"], traits["address"], traits["resource_id"]));
        Assert.Single(watched.Kept.Events, one => one.Type == "redis.switch-master");
        Assert.Contains(watched.Kept.Events, one => one.Type == "redis.sdown");
        Assert.Contains(watched.Kept.Events, one => one.Type == "redis.odown");
        Assert.Contains(watched.Kept.Events, one => one.Type == "redis.role-changed");
        Assert.DoesNotContain(watched.Server(replica)!.Relations, relation => relation.Label == "replicates");
        Assert.Equal("DOWN", watched.Server(master)!.State);
    }

    [Fact]
    public async Task Servers_that_only_a_Sentinel_names_are_drawn_as_it_sees_them()
    {
        await using var master = await RedisProcess.ServerAsync();
        await using var replica = await RedisProcess.ServerAsync($"replicaof 127.0.0.1 {master.Port}");
        await using var sentinel = await RedisProcess.SentinelAsync(master, "orders");
        await using var watched = new WatchedRedis([], [sentinel.Url]);
        await WatchedRedis.UntilAsync("the replica", () => watched.Server(replica)?.State == "ACTIVE");
        Assert.Contains(watched.Server(replica)!.Relations, relation => relation.Label == "replicates"
            && relation.Neighbour.Id == WatchedRedis.Id(master));

        replica.Kill();
        await WatchedRedis.UntilAsync("its loss", () => watched.Server(replica)!.State == "DOWN"
            && watched.Kept.Events.Any(one => one.Type == "redis.sdown"));
        Assert.Contains(
            new EventTrait("resource_id", TraitType.Text, WatchedRedis.Id(replica)),
            watched.Kept.Events.First(one => one.Type == "redis.sdown").Traits);
    }

    [Fact]
    public async Task A_Sentinel_that_hangs_or_restarts_is_heard_again()
    {
        await using var master = await RedisProcess.ServerAsync();
        await using var sentinel = await RedisProcess.SentinelAsync(master, "orders");
        await using var watched = new WatchedRedis([master.Url], [sentinel.Url]);
        await WatchedRedis.UntilAsync("the group", () => Group(watched) is not null);
        sentinel.Signal("STOP");
        await WatchedRedis.UntilAsync("the silence", () => watched.Kept.Reports.Contains(
            $"redis: subscription to sentinel 127.0.0.1:{sentinel.Port}: gives no sign of life"));
        await WatchedRedis.UntilAsync("its state", () =>
            watched.Last("redis.sentinel", WatchedRedis.Id(sentinel))!.State == "DOWN");

        sentinel.Signal("CONT");
        await WatchedRedis.UntilAsync("the return", () => watched.Kept.Reports.Contains(
            $"redis: subscription to sentinel 127.0.0.1:{sentinel.Port}: is well again"));
        var before = watched.Kept.Events.Count;
        master.Kill();
        await WatchedRedis.UntilAsync("news", () =>
            watched.Kept.Events.Skip(before).Any(one => one.Type == "redis.odown"));
        await WatchedRedis.UntilAsync("the loss", () => watched.Server(master)!.State == "DOWN");
    }

    private static Observation? Group(WatchedRedis watched) => watched.Last("redis.master", "orders");

    private static IReadOnlyList<ObservedRelation> Servers(WatchedRedis watched) => Group(watched)?.Relations ?? [];

    private static Event? Switch(WatchedRedis watched) =>
        watched.Kept.Events.FirstOrDefault(one => one.Type == "redis.switch-master");
}
