using Ops.Collectors.Redis;
using Ops.Collectors.Redis.Info;
using Ops.Collectors.Redis.Topology;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class RedisGraphTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly RedisGraph _graph = new(new RedisOptions { MachineName = "here" });

    [Theory]
    [InlineData("role:master", "ACTIVE")]
    [InlineData("role:slave\nmaster_link_status:up", "ACTIVE")]
    [InlineData("role:slave\nmaster_link_status:down", "SUBOPTIMAL")]
    [InlineData("role:master\nloading:1", "SUBOPTIMAL")]
    public void The_state_of_a_server_that_answers_is_by_its_link_and_its_data(string info, string expected) =>
        Assert.Equal(expected, Draw([Server("10.0.0.1", info)]).Single().State);

    [Fact]
    public void A_server_that_does_not_answer_is_down_and_keeps_its_relations()
    {
        var down = Draw([Server("10.0.0.1", null)]).Single();
        Assert.Equal(("DOWN", "closed"), (down.State, down.Properties["fault"]));
        Assert.Empty(down.Complete);
        var refused = Server("10.0.0.1", null) with { IsRefused = true };
        Assert.Equal("ERROR", Draw([refused]).Single().State);
    }

    [Fact]
    public void A_replica_replicates_its_master_by_address()
    {
        var seen = Draw([Server("10.0.0.2", "role:slave\nmaster_host:10.0.0.1\nmaster_port:6379")]).Single();
        Assert.Equal(
            [new ObservedRelation("replicates", RelationDirection.Out, new EntityRef("redis.server", "10.0.0.1:6379"))],
            seen.Relations);
        Assert.Equal((Now, "redis"), (seen.At, seen.Datasource));
    }

    [Fact]
    public void A_loopback_address_is_the_machine()
    {
        var seen = Draw([Server("127.0.0.1", "role:slave\nmaster_host:127.0.0.1\nmaster_port:6379")]).Single();
        Assert.Equal("here:7000", seen.Entity.Id);
        Assert.Equal(
            ["replicates redis.server:here:6379", "on machine:here"],
            seen.Relations.Select(relation => $"{relation.Label} {relation.Neighbour}"));
        Assert.Equal("[fd00::1]:1", new ServerNames("here").Id("fd00::1", 1));
    }

    [Fact]
    public void The_Sentinel_with_the_highest_epoch_says_who_is_master()
    {
        var old = Master("10.0.0.1", epoch: 1, flags: "master,s_down,o_down");
        var now = Master("10.0.0.2", epoch: 2, flags: "master");
        var drawn = Draw([], [Sentinel("10.0.0.8", old), Sentinel("10.0.0.9", now)]);
        var group = drawn.Single(one => one.Entity.Type == "redis.master");
        Assert.Equal(("ACTIVE", "10.0.0.2:6379", 2L), (
            group.State, group.Properties["master"], group.Properties["quorum"]));
        Assert.Equal(
            ["contains redis.server:10.0.0.2:6379", "contains redis.server:10.0.0.3:6379"],
            group.Relations.Select(relation => $"{relation.Label} {relation.Neighbour}"));
        Assert.Equal(2, drawn.Count(one => one.Entity.Type == "redis.sentinel"));
    }

    [Theory]
    [InlineData("master", "ACTIVE")]
    [InlineData("s_down,master", "SUBOPTIMAL")]
    [InlineData("s_down,o_down,master", "DOWN")]
    public void The_state_of_a_watched_master_is_by_its_flags(string flags, string expected)
    {
        var drawn = Draw([], [Sentinel("10.0.0.9", Master("10.0.0.1", 1, flags))]);
        Assert.Equal(expected, drawn.Single(one => one.Entity.Type == "redis.master").State);
    }

    [Fact]
    public void What_is_asked_itself_is_not_drawn_as_a_Sentinel_sees_it()
    {
        var drawn = Draw(
            [Server("10.0.0.1", "role:master", 6379)],
            [Sentinel("10.0.0.9", Master("10.0.0.1", 1, "master,s_down"))]);
        Assert.Equal("ACTIVE", drawn.Single(one => one.Entity.Id == "10.0.0.1:6379").State);
        var replica = drawn.Single(one => one.Entity.Id == "10.0.0.3:6379");
        Assert.Equal(("DOWN", "replica"), (replica.State, replica.Properties["role"]));
    }

    private IReadOnlyList<Observation> Draw(ServerReading[] servers, ServerReading[]? sentinels = null) =>
        _graph.Draw(servers, sentinels ?? [], Now);

    private static ServerReading Server(string host, string? info, int port = 7000) =>
        new(new RedisTarget(host, port), new ServerNames("here").Id(host, port), host)
        {
            Info = info is null ? null : InfoReading.Read($"# X\n{info}"),
            Fault = info is null ? "closed" : null,
        };

    private static ServerReading Sentinel(string host, WatchedMaster master) =>
        Server(host, "sentinel_masters:1", 26379) with { Masters = [master] };

    private static WatchedMaster Master(string host, long epoch, string flags) => new(
        "orders", host, 6379, flags, epoch, 2, [new WatchedReplica("10.0.0.3", 6379, "slave,s_down")]);
}
