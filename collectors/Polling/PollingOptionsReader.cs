using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Reads the <c>polling</c> section of <c>ops.yaml</c>.</summary>
public static class PollingOptionsReader
{
    private const string What = "polling";
    private const int AgentsMax = 1000;

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>polling</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static PollingOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new PollingOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "namespaces", "name", "agents", "local_agents", "partitioning_group_prefix", "parallel_max",
            "timeout", "spread", "backoff_max", "series_max", "heartbeat_socket_dir"))
        {
            return defaults;
        }

        var within = new DurationRange(node, What, faults);
        var namespaces = Names(node, "namespaces", faults);
        return new PollingOptions
        {
            Namespaces = namespaces.Count > 0 ? namespaces : defaults.Namespaces,
            Name = faults.Text(node, "name", What) is { Length: > 0 } name ? name : defaults.Name,
            Agents = Names(node, "agents", faults),
            LocalAgents = Names(node, "local_agents", faults),
            PartitioningGroupPrefix = faults.Text(node, "partitioning_group_prefix", What),
            ParallelMax = faults.Integer(node, "parallel_max", What, 1, 256) ?? defaults.ParallelMax,
            Timeout = within.Read("timeout", "100ms", "1h") ?? defaults.Timeout,
            Spread = within.Read("spread", "0s", "1m") ?? defaults.Spread,
            BackoffMax = within.Read("backoff_max", "1s", "7d") ?? defaults.BackoffMax,
            SeriesMax = faults.Integer(node, "series_max", What, 1000, 100_000_000) ?? defaults.SeriesMax,
            HeartbeatFolder = faults.Text(node, "heartbeat_socket_dir", What),
        };
    }

    private static List<string> Names(ConfigNode node, string key, ConfigFaults faults)
    {
        var names = new List<string>();
        foreach (var item in faults.List(node, key, What))
        {
            if (item.Kind != ConfigNodeKind.Scalar || string.IsNullOrWhiteSpace(item.Text))
            {
                faults.Add(item, $"'{key}' of {What} must hold names, found {item.Describe()}");
            }
            else if (names.Contains(item.Text))
            {
                faults.Add(item, $"'{key}' of {What} holds '{item.Text}' twice");
            }
            else
            {
                names.Add(item.Text);
            }
        }

        if (names.Count > AgentsMax)
        {
            faults.Add(node[key]!, $"'{key}' of {What} must hold at most {AgentsMax} names, found {names.Count}");
        }

        return names;
    }
}
