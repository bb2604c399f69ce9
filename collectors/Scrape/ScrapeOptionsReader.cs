using Ops.Collectors.Http;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>Reads the <c>scrape</c> section of <c>ops.yaml</c>.</summary>
public static class ScrapeOptionsReader
{
    private const string What = "scrape";
    private const int TargetsMax = 1000;

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>scrape</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static ScrapeOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new ScrapeOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "targets", "interval", "timeout", "body_max_mb", "target_series_max", "series_max"))
        {
            return defaults;
        }

        var target = new ScrapeTarget(new Uri("http://localhost"));
        var within = new DurationRange(node, What, faults);
        var interval = within.Read("interval", "1s", "1d") ?? target.Interval;
        var timeout = within.Read("timeout", "100ms", "10m");
        return new ScrapeOptions
        {
            Targets = Targets(node, interval, timeout, faults),
            BodyMegabytesMax = faults.Integer(node, "body_max_mb", What, 1, 1024) ?? defaults.BodyMegabytesMax,
            TargetSeriesMax = faults.Integer(node, "target_series_max", What, 1, 10_000_000)
                ?? defaults.TargetSeriesMax,
            SeriesMax = faults.Integer(node, "series_max", What, 1000, 100_000_000) ?? defaults.SeriesMax,
        };
    }

    private static List<ScrapeTarget> Targets(
        ConfigNode node, TimeSpan interval, TimeSpan? timeout, ConfigFaults faults)
    {
        var targets = new List<ScrapeTarget>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var urls = new HashSet<Uri>();
        foreach (var item in faults.List(node, "targets", What))
        {
            if (Target(item, interval, timeout, faults) is not { } target)
            {
                continue;
            }

            if (item["name"] is { } at && !names.Add(target.Name))
            {
                faults.Add(at, $"scrape target name '{target.Name}' occurs twice");
            }

            if (!urls.Add(target.Url))
            {
                faults.Add(item["url"]!, $"scrape target '{target.Url}' occurs twice");
            }

            targets.Add(target);
        }

        if (targets.Count > TargetsMax)
        {
            faults.Add(
                node["targets"]!, $"'targets' of {What} must hold at most {TargetsMax}, found {targets.Count}");
        }

        return [.. targets.Select(target => targets.Count(other => other.Instance == target.Instance) == 1
            ? target
            : target with { EntityId = target.Instance + target.Url.PathAndQuery })];
    }

    private static ScrapeTarget? Target(ConfigNode node, TimeSpan interval, TimeSpan? timeout, ConfigFaults faults)
    {
        if (!faults.Keys(
            node, "a scrape target", "url", "name", "interval", "timeout", "headers", "bearer", "tls_verify", "keep",
            "drop", "labels"))
        {
            return null;
        }

        const string plain = "a scrape target";
        if (HeaderReader.Url(node, plain, faults) is not { } url)
        {
            return null;
        }

        if (url.AbsolutePath == "/" && url.Query.Length == 0)
        {
            url = new Uri(url, "/metrics");
        }

        var name = faults.Text(node, "name", plain);
        var what = $"scrape target '{name ?? url.ToString()}'";
        var within = new DurationRange(node, what, faults);
        interval = within.Read("interval", "1s", "1d") ?? interval;
        var ownTimeout = within.Read("timeout", "100ms", "10m");
        if (ownTimeout > interval)
        {
            faults.Add(node["timeout"]!, $"'timeout' of {what} must be at most its interval of "
                + FormattableString.Invariant($"{interval.TotalSeconds:0.###} s, found {node["timeout"]!.Describe()}"));
        }

        var target = new ScrapeTarget(url);
        var patience = ownTimeout ?? timeout ?? target.Timeout;
        return target with
        {
            Name = string.IsNullOrEmpty(name) ? target.Name : name,
            Interval = interval,
            Timeout = patience < interval ? patience : interval,
            Headers = HeadersOf(node, what, faults),
            VerifiesCertificate = faults.Bool(node, "tls_verify", what) ?? true,
            Keep = Patterns(node, "keep", what, faults),
            Drop = Patterns(node, "drop", what, faults),
            Labels = Labels(node, what, faults),
        };
    }

    private static List<KeyValuePair<string, string>> HeadersOf(ConfigNode node, string what, ConfigFaults faults)
    {
        var headers = new List<KeyValuePair<string, string>>(HeaderReader.Headers(node, "headers", what, faults));
        if (faults.Text(node, "bearer", what) is { Length: > 0 } bearer)
        {
            if (bearer.AsSpan().ContainsAny("\r\n\0 "))
            {
                faults.Add(node["bearer"]!, $"'bearer' of {what} must be one word");
            }

            headers.Add(KeyValuePair.Create("Authorization", $"Bearer {bearer}"));
        }

        return headers;
    }

    private static List<string> Patterns(ConfigNode node, string key, string what, ConfigFaults faults)
    {
        var patterns = new List<string>();
        foreach (var item in faults.List(node, key, what))
        {
            if (item.Kind == ConfigNodeKind.Scalar && !string.IsNullOrEmpty(item.Text))
            {
                patterns.Add(item.Text);
            }
            else
            {
                faults.Add(item, $"'{key}' of {what} must hold patterns, found {item.Describe()}");
            }
        }

        return patterns;
    }

    private static List<KeyValuePair<string, string>> Labels(ConfigNode node, string what, ConfigFaults faults)
    {
        var labels = new List<KeyValuePair<string, string>>();
        if (node["labels"] is not { IsNull: false } mapping)
        {
            return labels;
        }

        if (mapping.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(mapping, $"'labels' of {what} must be a mapping, found {mapping.Describe()}");
            return labels;
        }

        foreach (var member in mapping.Members)
        {
            if (!SeriesText.IsLabelName(member.Key))
            {
                faults.Add(mapping, $"'{member.Key}' in 'labels' of {what} is no name of a label: letters, digits and "
                    + "_, not beginning with a digit");
            }
            else if (member.Value.Kind != ConfigNodeKind.Scalar || string.IsNullOrEmpty(member.Value.Text))
            {
                faults.Add(member.Value, $"label '{member.Key}' of {what} must be text, found "
                    + member.Value.Describe());
            }
            else
            {
                labels.Add(KeyValuePair.Create(member.Key, member.Value.Text));
            }
        }

        return labels;
    }
}
