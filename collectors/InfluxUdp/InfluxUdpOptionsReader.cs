using Ops.Collectors.InfluxLine;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.InfluxUdp;

/// <summary>Reads <see cref="InfluxUdpOptions"/>. Every fault is reported; what is faulty keeps its default.</summary>
public static class InfluxUdpOptionsReader
{
    private const string What = "influx_udp";
    private static readonly string[] Precisions = ["ns", "u", "ms", "s", "m", "h"];

    /// <summary>The options of a mapping.</summary>
    public static InfluxUdpOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new InfluxUdpOptions();
        if (!faults.Keys(node, What, "listen", "allow", "database", "precision"))
        {
            return defaults;
        }

        var listen = ListenText.Read(node, "listen", What, defaults.Listen, faults);
        return new InfluxUdpOptions
        {
            Listen = listen,
            Allow = ListenText.Allow(node, What, [listen], faults),
            Database = faults.Text(node, "database", What) is { Length: > 0 } name ? name : null,
            Precision = Precision(node, faults),
        };
    }

    private static TimestampPrecision Precision(ConfigNode node, ConfigFaults faults)
    {
        var word = faults.Text(node, "precision", What) ?? "ns";
        if (Precisions.Contains(word) && TimestampPrecisions.TryParse(word, out var precision))
        {
            return precision;
        }

        faults.NotOneOf(node["precision"]!, $"'precision' of {What}", Precisions);
        return TimestampPrecision.Nanoseconds;
    }
}
