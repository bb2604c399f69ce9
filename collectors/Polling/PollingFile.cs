using Ops.Model;

namespace Ops.Collectors.Polling;

/// <summary>Reads <c>polling.yaml</c>, reporting all faults at once.</summary>
/// <remarks>The file is Ceilometer's; an interval may also be a duration such as <c>30s</c> or <c>5m</c>.</remarks>
public static class PollingFile
{
    private const string What = "a polling file";
    private static readonly TimeSpan IntervalMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromDays(30);

    /// <summary>What the file says; null where it has a fault.</summary>
    /// <param name="root">The document, or null when it is empty.</param>
    /// <param name="file">Its name, for the messages.</param>
    /// <param name="faults">Takes the faults and warnings.</param>
    public static PollingConfig? Read(ConfigNode? root, string file, ConfigFaults faults)
    {
        var before = faults.All.Count;
        if (root is null || root.IsNull)
        {
            faults.Add(new ConfigFault(file, 0, 0, $"{What} needs 'sources', found nothing"));
            return null;
        }

        if (!faults.Keys(root, What, "sources"))
        {
            return null;
        }

        if (root["sources"] is null or { IsNull: true })
        {
            faults.Add(root["sources"] ?? root, $"{What} needs 'sources'");
        }

        var sources = new List<PollingSource>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in faults.List(root, "sources", What))
        {
            if (Source(node, faults) is not { } source)
            {
                continue;
            }

            if (source.Name.Length > 0 && !names.Add(source.Name))
            {
                faults.Warn(node, $"polling source name '{source.Name}' occurs twice; both are polled");
            }

            sources.Add(source);
        }

        return faults.All.Count == before ? new PollingConfig(sources) : null;
    }

    private static PollingSource? Source(ConfigNode node, ConfigFaults faults)
    {
        const string expression = "group_id_coordination_expression";
        if (!faults.Keys(node, "a polling source", "name", "interval", "meters", "resources", "discovery", expression))
        {
            return null;
        }

        var name = faults.RequiredText(node, "name", "a polling source");
        var what = name.Length > 0 ? $"polling source '{name}'" : "a polling source";
        if (node[expression] is { } ignored)
        {
            faults.Warn(ignored, $"'{expression}' of {what} has no effect: resources are shared among the agents one "
                + "by one");
        }

        var interval = Interval(node, what, faults);
        var meters = MeterSelection.Read(node, what, faults);
        var resources = Texts(node, "resources", "a resource", what, faults);
        var discovery = Texts(node, "discovery", "a discovery", what, faults);
        return interval is null || meters is null
            ? null
            : new PollingSource(name, interval.Value, meters) { Resources = resources, Discovery = discovery };
    }

    private static TimeSpan? Interval(ConfigNode node, string what, ConfigFaults faults)
    {
        if (faults.RequiredText(node, "interval", what).Length == 0)
        {
            return null;
        }

        var at = node["interval"]!;
        if (Durations.TryParse(at.Text, out var interval) && interval >= IntervalMin && interval <= IntervalMax)
        {
            return interval;
        }

        faults.Add(at, $"'interval' of {what} must be seconds from 1 to {IntervalMax.TotalSeconds}, found "
            + at.Describe());
        return null;
    }

    private static List<string> Texts(
        ConfigNode node, string key, string one, string what, ConfigFaults faults)
    {
        var texts = new List<string>();
        foreach (var item in faults.List(node, key, what))
        {
            if (item.Kind == ConfigNodeKind.Scalar && !string.IsNullOrEmpty(item.Text))
            {
                texts.Add(item.Text);
            }
            else
            {
                faults.Add(item, $"{one} of {what} must be text, found {item.Describe()}");
            }
        }

        return texts;
    }
}
