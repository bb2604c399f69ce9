namespace Ops.Collectors.Redis;

/// <summary>Which Redis servers are observed, and how.</summary>
public sealed record RedisOptions
{
    /// <summary><c>interval</c>: time between two looks, 1 s to 1 h; default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>timeout</c>: how long a server may take to answer, 100 ms to 1 min; default 3 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary><c>targets</c>: the servers; default none, at most 1024.</summary>
    public IReadOnlyList<RedisTarget> Targets { get; init; } = [];

    /// <summary><c>sentinels</c>: the Sentinels that watch them; default none, at most 1024.</summary>
    public IReadOnlyList<RedisTarget> Sentinels { get; init; } = [];

    /// <summary>
    /// The id of the machine that the program runs on, in lower case; servers at a loopback address are on it.
    /// </summary>
    public string MachineName { get; init; } = Environment.MachineName.ToLowerInvariant();
}
