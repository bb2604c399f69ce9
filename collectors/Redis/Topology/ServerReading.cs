using Ops.Collectors.Redis.Info;

namespace Ops.Collectors.Redis.Topology;

/// <summary>What a look at a server or a Sentinel gave.</summary>
/// <param name="Target">The server.</param>
/// <param name="Id">Its id in the graph.</param>
/// <param name="Host">Its address, or its name where that cannot be resolved.</param>
internal sealed record ServerReading(RedisTarget Target, string Id, string Host)
{
    /// <summary>Why it could not be asked; null where it answered.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether it is there but refuses the login.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What INFO said; null where there was no answer.</summary>
    public InfoReading? Info { get; init; }

    /// <summary>How long PING took, ms; null where it was not answered.</summary>
    public double? PingMs { get; init; }

    /// <summary>Entries of the slow log; null where the server does not say.</summary>
    public double? SlowlogLength { get; init; }

    /// <summary>What a Sentinel says of the masters that it watches; empty for servers.</summary>
    public IReadOnlyList<WatchedMaster> Masters { get; init; } = [];

    /// <summary>Whether it answered.</summary>
    public bool IsUp => Info is not null;

    /// <summary>Its state in the graph.</summary>
    public string State => IsRefused ? "ERROR"
        : Info is not { } info ? "DOWN"
        : info["master_link_status"] == "down" || info["loading"] == "1" ? "SUBOPTIMAL" : "ACTIVE";
}
