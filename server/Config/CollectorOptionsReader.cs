using Ops.Collectors.Collectd;
using Ops.Collectors.Datasources;
using Ops.Collectors.HttpChecks;
using Ops.Collectors.InfluxUdp;
using Ops.Collectors.Ipmi;
using Ops.Collectors.Keystone;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Otlp;
using Ops.Collectors.Polling;
using Ops.Collectors.Rabbit;
using Ops.Collectors.Redis;
using Ops.Collectors.Scrape;
using Ops.Collectors.Snmp;
using Ops.Collectors.StatsD;
using Ops.Model;

namespace Ops.Server.Config;

/// <summary>Reads the sections of <c>ops.yaml</c> that collectors have.</summary>
internal static class CollectorOptionsReader
{
    /// <summary>The names of the sections.</summary>
    public static readonly IReadOnlyList<string> Keys =
    [
        "polling", "scrape", "http_checks", "otlp", "influx_udp", "statsd", "collectd", "snmp", "snmp_traps", "ipmi",
        "libvirt", "redis", "clouds", "notifications", "datasources",
    ];

    /// <summary>The options; a section that is there and empty takes its defaults.</summary>
    public static CollectorOptions Read(ConfigNode root, ConfigFaults faults)
    {
        var defaults = new CollectorOptions();
        return new CollectorOptions
        {
            Polling = PollingOptionsReader.Read(root["polling"], faults),
            Scrape = Section(root, "scrape", ScrapeOptionsReader.Read, faults),
            HttpChecks = Section(root, "http_checks", HttpCheckOptionsReader.Read, faults),
            Otlp = Section(root, "otlp", OtlpOptionsReader.Read, faults) ?? defaults.Otlp,
            InfluxUdp = Section(root, "influx_udp", InfluxUdpOptionsReader.Read, faults),
            Statsd = Section(root, "statsd", StatsdOptionsReader.Read, faults),
            Collectd = Section(root, "collectd", CollectdOptionsReader.Read, faults),
            Clouds = CloudOptionsReader.Read(root["clouds"], faults),
            Notifications = Section(root, "notifications", RabbitNotificationOptionsReader.Read, faults),
            Datasources = Datasources(root["datasources"], faults),
            Snmp = SnmpOptionsReader.Read(root["snmp"], faults),
            SnmpTraps = Section(root, "snmp_traps", SnmpTrapOptionsReader.Read, faults),
            Ipmi = IpmiOptionsReader.Read(root["ipmi"], faults),
            Libvirt = Section(root, "libvirt", LibvirtOptionsReader.Read, faults),
            Redis = Section(root, "redis", RedisOptionsReader.Read, faults),
        };
    }

    private static DatasourceOptions Datasources(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new DatasourceOptions();
        const string what = "datasources";
        if (node is null || node.IsNull
            || !faults.Keys(node, what, "allow_host_commands", "pages_max", "entries_max"))
        {
            return defaults;
        }

        return new DatasourceOptions
        {
            AllowHostCommands = faults.Bool(node, "allow_host_commands", what) ?? defaults.AllowHostCommands,
            PagesMax = faults.Integer(node, "pages_max", what, 1, 100_000) ?? defaults.PagesMax,
            EntriesMax = faults.Integer(node, "entries_max", what, 1, 10_000_000) ?? defaults.EntriesMax,
        };
    }

    /// <summary>The options of a section; null where the key is absent. A key without a value is an empty mapping.
    /// </summary>
    private static T? Section<T>(
        ConfigNode root, string key, Func<ConfigNode, ConfigFaults, T> read, ConfigFaults faults)
        where T : class => root[key] switch
        {
            null => null,
            { IsNull: true } empty => read(ConfigNode.Mapping([], empty.File, empty.Line, empty.Column), faults),
            var node => read(node, faults),
        };
}
