using System.Globalization;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>Reads <see cref="StatsdOptions"/>. Every fault is reported; what is faulty keeps its default.</summary>
public static class StatsdOptionsReader
{
    /// <summary>The most percentiles.</summary>
    public const int PercentilesMax = 20;

    private const string What = "statsd";

    /// <summary>The options of a mapping.</summary>
    public static StatsdOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new StatsdOptions();
        if (!faults.Keys(
                node, What, "listen", "listen_tcp", "allow", "flush_interval", "percentiles", "prefix", "resource",
                "forget_after", "metrics_max"))
        {
            return defaults;
        }

        var listen = ListenText.Read(node, "listen", What, defaults.Listen, faults);
        var listenTcp = ListenText.Read(node, "listen_tcp", What, null, faults);
        var (second, hour, month) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(30));
        return new StatsdOptions
        {
            Listen = listen,
            ListenTcp = listenTcp,
            Allow = ListenText.Allow(node, What, [listen, listenTcp], faults),
            FlushInterval = Between(node, "flush_interval", second, hour, faults) ?? defaults.FlushInterval,
            Percentiles = Percentiles(node, defaults, faults),
            Prefix = faults.Text(node, "prefix", What) ?? defaults.Prefix,
            Resource = faults.Text(node, "resource", What) is { Length: > 0 } name ? name : defaults.Resource,
            ForgetAfter = Between(node, "forget_after", second, month, faults) ?? defaults.ForgetAfter,
            MetricsMax = faults.Integer(node, "metrics_max", What, 1, 1_000_000) ?? defaults.MetricsMax,
        };
    }

    private static TimeSpan? Between(ConfigNode node, string key, TimeSpan least, TimeSpan most, ConfigFaults faults)
    {
        if (faults.Duration(node, key, What) is not { } duration)
        {
            return null;
        }

        if (duration >= least && duration <= most)
        {
            return duration;
        }

        faults.Add(node[key]!, $"'{key}' of {What} must be from {least.TotalSeconds:0} s to {most.TotalHours:0} h, "
            + $"found '{node[key]!.Text}'");
        return null;
    }

    private static IReadOnlyList<double> Percentiles(ConfigNode node, StatsdOptions defaults, ConfigFaults faults)
    {
        if (node["percentiles"] is null)
        {
            return defaults.Percentiles;
        }

        var percentiles = new List<double>();
        foreach (var item in faults.List(node, "percentiles", What))
        {
            if (double.TryParse(item.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var one)
                && one is > 0 and <= 100 && percentiles.Count < PercentilesMax)
            {
                percentiles.Add(one);
            }
            else
            {
                faults.Add(item, $"an entry of 'percentiles' of {What} must be a number above 0 and at most 100, at "
                    + $"most {PercentilesMax} of them, found {item.Describe()}");
            }
        }

        return percentiles;
    }
}
