using System.Globalization;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Redis;

/// <summary>The Redis collector against real servers.</summary>
public sealed class RedisServerTests
{
    [Fact]
    public async Task Figures_are_those_of_redis_cli()
    {
        await using var redis = await RedisProcess.ServerAsync();
        await redis.CliAsync("SET", "a", "1");
        await redis.CliAsync("SET", "b", "2", "EX", "1000");
        await redis.CliAsync("GET", "a");
        await redis.CliAsync("GET", "missing");
        await redis.CliAsync("NOCOMMAND");
        await redis.CliAsync("CONFIG", "SET", "slowlog-log-slower-than", "0");
        await redis.CliAsync("PING");
        await redis.CliAsync("CONFIG", "SET", "slowlog-log-slower-than", "-1");
        await using var watched = new WatchedRedis([redis.Url]);
        await WatchedRedis.UntilAsync("a look", () => watched.Volume("redis.up", redis) == 1);

        var info = (await redis.CliAsync("INFO")).Split("\r\n").Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        foreach (var (section, field) in new[]
        {
            ("stats", "keyspace_hits"), ("stats", "keyspace_misses"), ("stats", "expired_keys"),
            ("memory", "maxmemory"), ("memory", "total_system_memory"), ("clients", "maxclients"),
            ("replication", "connected_slaves"), ("replication", "repl_backlog_size"), ("persistence", "loading"),
            ("stats", "total_error_replies"),
        })
        {
            Assert.Equal(
                double.Parse(info[field], CultureInfo.InvariantCulture),
                watched.Volume($"redis.{section}.{field}", redis));
        }

        Assert.Equal(1, watched.Volume("redis.stats.keyspace_hits", redis));
        Assert.Equal((2, 1), (
            watched.Volume("redis.keyspace.keys", redis), watched.Volume("redis.keyspace.expires", redis)));
        Assert.Equal(1, watched.Volume("redis.persistence.rdb_last_bgsave_status", redis));
        Assert.Equal(
            await redis.CliAsync("SLOWLOG", "LEN"), $"{watched.Volume("redis.slowlog.length", redis)}\n");
        Assert.InRange(watched.Volume("redis.memory.used_memory", redis) ?? 0, 100_000, 1e9);
        Assert.InRange(watched.Volume("redis.ping.latency", redis) ?? -1, 0, 500);
        Assert.Contains(watched.Kept.Samples, sample =>
            sample.Meter == "redis.errorstats.count" && sample.Dimensions["error"] == "ERR" && sample.Volume >= 1);

        var seen = watched.Server(redis)!;
        Assert.Equal(("ACTIVE", "master", info["redis_version"]), (
            seen.State, seen.Properties["role"], seen.Properties["version"]));
        Assert.Contains(
            new ObservedRelation("on", RelationDirection.Out, new EntityRef("machine", "here")), seen.Relations);
        Assert.True(watched.Status.Ok, watched.Status.Detail);
    }

    [Fact]
    public async Task A_replica_replicates_its_master_and_is_suboptimal_without_it()
    {
        await using var master = await RedisProcess.ServerAsync();
        await using var replica = await RedisProcess.ServerAsync($"replicaof 127.0.0.1 {master.Port}");
        await using var watched = new WatchedRedis([master.Url, replica.Url]);
        await WatchedRedis.UntilAsync("the link", () => watched.Volume("redis.replication.replica.online", master) == 1
            && watched.Server(replica)?.State == "ACTIVE");
        var seen = watched.Server(replica)!;
        Assert.Equal("replica", seen.Properties["role"]);
        Assert.Contains(
            new ObservedRelation(
                "replicates", RelationDirection.Out, new EntityRef("redis.server", WatchedRedis.Id(master))),
            seen.Relations);
        Assert.Contains(watched.Kept.Samples, sample => sample.Meter == "redis.replication.replica.behind"
            && sample.Dimensions["replica"] == $"127.0.0.1:{replica.Port}");

        master.Kill();
        await WatchedRedis.UntilAsync("the loss", () => watched.Server(master)?.State == "DOWN"
            && watched.Server(replica)?.State == "SUBOPTIMAL");
        Assert.Equal(0, watched.Volume("redis.up", master));
        Assert.False(watched.Status.Ok);

        await replica.CliAsync("REPLICAOF", "NO", "ONE");
        await WatchedRedis.UntilAsync("the new role", () => watched.Kept.Events.Count > 0);
        var told = Assert.Single(watched.Kept.Events);
        Assert.Equal("redis.role-changed", told.Type);
        Assert.Contains(new EventTrait("to", TraitType.Text, "master"), told.Traits);
        Assert.DoesNotContain(watched.Server(replica)!.Relations, relation => relation.Label == "replicates");
        Assert.Contains(
            new RelationKind("replicates", RelationDirection.Out, "redis.server"), watched.Server(replica)!.Complete);
    }

    [Fact]
    public async Task A_password_is_used_and_a_wrong_one_is_said_once()
    {
        await using var redis = await RedisProcess.ServerAsync(password: "right");
        await using var good = new WatchedRedis([redis.Url]);
        await using var wrong = new WatchedRedis([redis.Url.Replace("right", "wrong")]);
        await using var none = new WatchedRedis([redis.Url.Replace(":right@", "")]);
        await WatchedRedis.UntilAsync("all three", () => good.Server(redis)?.State == "ACTIVE"
            && wrong.Kept.Observations.Count > 2 && none.Kept.Observations.Count > 2);
        Assert.Equal(("ERROR", "ERROR"), (wrong.Server(redis)!.State, none.Server(redis)!.State));
        Assert.Equal(
            $"redis: 127.0.0.1:{redis.Port}: refuses the login: WRONGPASS invalid username-password pair or user is "
            + "disabled.",
            Assert.Single(wrong.Kept.Reports));
        Assert.Equal(
            $"redis: 127.0.0.1:{redis.Port}: refuses INFO: NOAUTH Authentication required.",
            Assert.Single(none.Kept.Reports));
    }

    [Fact]
    public async Task A_server_that_hangs_holds_up_no_other_and_is_well_when_it_answers_again()
    {
        await using var hanging = await RedisProcess.ServerAsync();
        await using var other = await RedisProcess.ServerAsync();
        await using var watched = new WatchedRedis([hanging.Url, other.Url]);
        await WatchedRedis.UntilAsync("both", () => watched.Server(hanging)?.State == "ACTIVE");

        hanging.Signal("STOP");
        await WatchedRedis.UntilAsync("the timeout", () => watched.Server(hanging)?.State == "DOWN");
        var before = watched.Kept.Samples.Count(sample => sample.Resource == WatchedRedis.Id(other));
        await WatchedRedis.UntilAsync("the other", () =>
            watched.Kept.Samples.Count(sample => sample.Resource == WatchedRedis.Id(other)) > before);
        Assert.Equal("ACTIVE", watched.Server(other)!.State);
        Assert.Contains(
            $"redis: 127.0.0.1:{hanging.Port}: took longer than 0.5 s to answer PING", watched.Kept.Reports);

        hanging.Signal("CONT");
        await WatchedRedis.UntilAsync("the return", () => watched.Server(hanging)!.State == "ACTIVE");
        Assert.Equal($"redis: 127.0.0.1:{hanging.Port}: is well again", watched.Kept.Reports[^1]);
    }

    [Fact]
    public async Task What_is_not_Redis_is_down_with_the_reason()
    {
        var port = LoopbackPort.Free();
        using var listener = new System.Net.HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        await using var watched = new WatchedRedis([$"redis://127.0.0.1:{port}"]);
        await WatchedRedis.UntilAsync("a look", () => watched.Last("redis.server", $"here:{port}") is not null);
        Assert.Equal("DOWN", watched.Last("redis.server", $"here:{port}")!.State);
        Assert.Equal(
            $"redis: 127.0.0.1:{port}: what came is not an answer of Redis: an answer begins with byte 72",
            Assert.Single(watched.Kept.Reports));
    }
}
