using Ops.Collectors.Redis;
using Ops.Collectors.Redis.Info;
using Ops.Collectors.Redis.Topology;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Redis;

public sealed class RedisSamplesTests
{
    private readonly SeriesCatalog _catalog = new();

    [Fact]
    public void Series_and_context_are_the_same_objects_until_the_role_changes()
    {
        var samples = new RedisSamples(_catalog);
        var first = Add(samples, "role:master\nused_memory:5");
        var second = Add(samples, "role:master\nused_memory:6");
        Assert.Same(first.Series, second.Series);
        Assert.Same(first.Context, second.Context);
        Assert.Equal(("redis.memory.used_memory", "h:1", 6.0), (
            second.Series.Meter, second.Series.ResourceId, second.Volume));
        Assert.Equal(("B", "redis.server", "cache", "master"), (
            second.Context.Unit, second.Context.ResourceType, second.Context.ResourceName,
            second.Context.Metadata["role"]));
        var third = Add(samples, "role:slave\nused_memory:6");
        Assert.Same(first.Series, third.Series);
        Assert.Equal("replica", third.Context.Metadata["role"]);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_down_and_nothing_else()
    {
        using var batch = new SampleBatch();
        new RedisSamples(_catalog).Add(batch, Server(null), "redis.server", 1, 2);
        Assert.Equal(1, batch.Count);
        Assert.Equal(("redis.up", 0.0, 1L, 2.0), (
            batch.Items[0].Series.Meter, batch.Items[0].Volume, batch.Items[0].TimestampNs,
            batch.Items[0].MonotonicSeconds));
    }

    [Fact]
    public void The_series_of_a_server_are_bounded()
    {
        var samples = new RedisSamples(_catalog);
        for (var i = 0; i < 3; i++)
        {
            using var batch = new SampleBatch();
            var fields = string.Concat(Enumerable.Range(0, 4000).Select(n => $"f{i}_{n}x:1\n"));
            samples.Add(batch, Server(fields), "redis.server", 1, 2);
        }

        Assert.Equal(RedisSamples.SeriesMax, _catalog.Count);
    }

    private Sample Add(RedisSamples samples, string info)
    {
        using var batch = new SampleBatch();
        samples.Add(batch, Server(info), "redis.server", 1, 2);
        return batch.Items[^1];
    }

    private static ServerReading Server(string? info) =>
        new(new RedisTarget("h", 1) { Name = "cache" }, "h:1", "h")
        {
            Info = info is null ? null : InfoReading.Read($"# Memory\n{info}"),
        };
}
