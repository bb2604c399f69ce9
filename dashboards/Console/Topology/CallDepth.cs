namespace Ops.Console.Topology;

/// <summary>Ranks services by who calls whom, so that callers stand above what they call.</summary>
internal static class CallDepth
{
    /// <summary>The deepest rank; a longer chain ends there.</summary>
    internal const int DepthMax = 5;

    /// <summary>The rank of each service: 0 for one that no other calls, else one below its lowest caller.</summary>
    /// <remarks>Calls in a circle are followed once. Services without any call stand in the last rank.</remarks>
    public static Dictionary<string, int> Of(
        IReadOnlyList<PlacedNode> nodes, IReadOnlyList<(string From, string To, string Label)> edges)
    {
        var services = nodes.Where(
            node => TopologyLayers.Of(node.Key.Type) == TopologyLayer.Services && node.Key.Type != "group")
            .Select(node => node.Mark).ToHashSet();
        var calls = edges
            .Where(edge => edge.Label == "connects" && services.Contains(edge.From) && services.Contains(edge.To))
            .ToLookup(edge => edge.From, edge => edge.To);
        var called = calls.SelectMany(group => group).ToHashSet();
        var depth = new Dictionary<string, int>();
        var path = new HashSet<string>();
        foreach (var start in nodes.Select(node => node.Mark).Where(services.Contains)
            .OrderBy(mark => called.Contains(mark)).ToArray())
        {
            if (calls.Contains(start) && !depth.ContainsKey(start))
            {
                Follow(start, 0, calls, depth, path);
            }
        }

        var last = depth.Values.DefaultIfEmpty(0).Max();
        foreach (var quiet in services.Where(mark => !depth.ContainsKey(mark)))
        {
            depth[quiet] = depth.Count == 0 ? 0 : last + 1;
        }

        return depth;
    }

    private static void Follow(
        string mark, int rank, ILookup<string, string> calls, Dictionary<string, int> depth, HashSet<string> path)
    {
        if (rank > DepthMax || (depth.TryGetValue(mark, out var known) && known >= rank) || !path.Add(mark))
        {
            return;
        }

        depth[mark] = rank;
        foreach (var callee in calls[mark])
        {
            Follow(callee, rank + 1, calls, depth, path);
        }

        path.Remove(mark);
    }
}
