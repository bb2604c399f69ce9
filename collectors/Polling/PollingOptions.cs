namespace Ops.Collectors.Polling;

/// <summary>How the polling agent works; what it polls stands in <c>polling.yaml</c>.</summary>
public sealed record PollingOptions
{
    /// <summary><c>namespaces</c>: the kinds of pollsters, in the name of the heartbeat socket and of the groups;
    /// default <c>[central, compute]</c>.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = ["central", "compute"];

    /// <summary><c>name</c>: this agent among <c>agents</c>; default the machine's name.</summary>
    public string Name { get; init; } = Environment.MachineName.ToLowerInvariant();

    /// <summary><c>agents</c>: the names of all agents that share the work, up to 1000; default none: this one alone
    /// does it all.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary><c>local_agents</c>: the names of those on this host, which share what the host finds of its own;
    /// default none: each does it all.</summary>
    public IReadOnlyList<string> LocalAgents { get; init; } = [];

    /// <summary><c>partitioning_group_prefix</c>: keeps agents of different kinds apart; default none.</summary>
    public string? PartitioningGroupPrefix { get; init; }

    /// <summary><c>parallel_max</c>: pollsters that run at a time; default 8, 1 to 256.</summary>
    public int ParallelMax { get; init; } = 8;

    /// <summary><c>timeout</c>: how long one call of a pollster or a discovery may take; default 30 s, 100 ms to 1 h.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>spread</c>: the first round of each interval starts within this time; default 1 s, 0 to 1 min.
    /// </summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>backoff_max</c>: the longest wait before a resource that fails is asked again; default 1 h, 1 s to
    /// 7 d.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>series_max</c>: series in the whole catalogue past which samples of new ones are dropped; default
    /// 1 000 000, 1000 to 100 000 000.</summary>
    public int SeriesMax { get; init; } = 1_000_000;

    /// <summary><c>heartbeat_socket_dir</c>: the folder of the heartbeat socket; default none, no socket.</summary>
    public string? HeartbeatFolder { get; init; }
}
