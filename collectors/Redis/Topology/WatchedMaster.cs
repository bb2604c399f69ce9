namespace Ops.Collectors.Redis.Topology;

/// <summary>A master as a Sentinel sees it.</summary>
/// <param name="Name">The name that the Sentinels give it.</param>
/// <param name="Host">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Flags">Such as <c>master</c>, <c>s_down</c>, <c>o_down</c>.</param>
/// <param name="ConfigEpoch">Which version of the truth this is; the highest among Sentinels counts.</param>
/// <param name="Quorum">How many Sentinels must agree that it is down.</param>
/// <param name="Replicas">Its replicas.</param>
internal sealed record WatchedMaster(
    string Name, string Host, int Port, string Flags, long ConfigEpoch, long Quorum,
    IReadOnlyList<WatchedReplica> Replicas)
{
    /// <summary>The state in the graph.</summary>
    public string State => Has(Flags, "o_down") ? "DOWN" : Has(Flags, "s_down") ? "SUBOPTIMAL" : "ACTIVE";

    /// <summary>Whether a server with such flags is down in a Sentinel's eyes.</summary>
    public static bool IsDown(string flags) =>
        Has(flags, "s_down") || Has(flags, "o_down") || Has(flags, "disconnected");

    private static bool Has(string flags, string flag) => flags.Split(',').Contains(flag);
}

/// <summary>A replica as a Sentinel sees it.</summary>
internal sealed record WatchedReplica(string Host, int Port, string Flags);
