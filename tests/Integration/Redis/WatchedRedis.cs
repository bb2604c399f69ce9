using Ops.Collectors.Redis;
using Ops.Integration.Libvirt;
using Ops.Integration.Support;
using Ops.Model;

namespace Ops.Integration.Redis;

/// <summary>A collector that runs, and what it brought.</summary>
internal sealed class WatchedRedis : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _ending = new();
    private readonly RedisCollector _collector;
    private readonly Task _running;

    public WatchedRedis(IReadOnlyList<string> targets, IReadOnlyList<string>? sentinels = null)
        : this([.. targets.Select(Target)], [.. (sentinels ?? []).Select(Target)])
    {
    }

    public WatchedRedis(IReadOnlyList<RedisTarget> targets, IReadOnlyList<RedisTarget> sentinels)
    {
        _collector = new RedisCollector(
            new RedisOptions
            {
                Interval = TimeSpan.FromSeconds(1),
                Timeout = TimeSpan.FromMilliseconds(500),
                Targets = targets,
                Sentinels = sentinels,
                MachineName = "here",
            },
            Kept.Outlets());
        _running = _collector.RunAsync(_ending.Token);
    }

    public Kept Kept { get; } = new();

    public PartView Status => _collector.Status();

    public Observation? Last(string type, string id) =>
        Kept.Observations.LastOrDefault(seen => seen.Entity == new EntityRef(type, id));

    public Observation? Server(RedisProcess redis) => Last("redis.server", Id(redis));

    public double? Volume(string meter, RedisProcess redis)
    {
        var samples = Kept.Samples.Where(sample => sample.Meter == meter && sample.Resource == Id(redis)).ToList();
        return samples.Count == 0 ? null : samples[^1].Volume;
    }

    public static string Id(RedisProcess redis) => $"here:{redis.Port}";

    public static Task UntilAsync(string what, Func<bool> holds) =>
        ServerProcess.WaitAsync(what, Patience, () => Task.FromResult(holds()));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _collector.Dispose();
        _ending.Dispose();
    }

    private static RedisTarget Target(string text)
    {
        var url = new Uri(text);
        return new RedisTarget(url.Host, url.Port)
        {
            Password = url.UserInfo.Length > 0 ? url.UserInfo.Split(':')[1] : null,
        };
    }
}
