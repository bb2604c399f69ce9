using Ops.Collectors;
using Ops.Collectors.Datasources;
using Ops.Collectors.Ipmi;
using Ops.Collectors.Keystone;
using Ops.Collectors.Libvirt;
using Ops.Collectors.Notifications;
using Ops.Collectors.Polling;
using Ops.Collectors.Scrape;
using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Meters;
using Ops.Server.Config;

namespace Ops.Server.Wiring;

/// <summary>
/// All that can be polled: what the program brings, and what the files of <c>datasources</c> add; the latter may change
/// while it runs.
/// </summary>
internal sealed class Pollsters : INotificationConsumer, IDisposable
{
    private readonly CollectorOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly IReadOnlyList<KeystoneSession> _clouds;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly PrometheusPollster _prometheus;
    private volatile DatasourceNotifications _notifications;

    public Pollsters(CollectorOptions options, DatasourceSet set, CollectorOutlets outlets)
    {
        (_options, _outlets) = (options, outlets);
        _clouds = [.. options.Clouds.Select(cloud => new KeystoneSession(cloud, outlets.Time))];
        _prometheus = new PrometheusPollster(options.Scrape ?? new ScrapeOptions(), outlets.Time);
        Libvirt = options.Libvirt is { } libvirt ? new LibvirtAgent(libvirt, outlets.Time, outlets.Report) : null;
        _notifications = Notifications(set);
    }

    /// <summary>Null where no hypervisor is observed.</summary>
    public LibvirtAgent? Libvirt { get; }

    /// <summary>What polling found of SNMP agents, for their traps.</summary>
    public SnmpInventory Inventory { get; } = new();

    /// <summary>The pollsters and discoveries with those files.</summary>
    public DatasourcePollsters With(DatasourceSet set, IReadOnlyList<SnmpMeter> meters)
    {
        var files = DatasourcePollsters.Of(set, _clouds, _http, _outlets.Time, _outlets.Report);
        return new DatasourcePollsters(
            [
                _prometheus,
                .. SnmpPollsters.All(_options.Snmp, meters, _outlets.Time, Inventory),
                .. IpmiPollsters.All(_options.Ipmi, _outlets.Time),
                .. Libvirt is null ? [] : LibvirtPollsters.All(Libvirt),
                .. files.Pollsters,
            ],
            [
                new SnmpDiscovery(_options.Snmp),
                new IpmiDiscovery(_options.Ipmi),
                .. Libvirt is null ? [] : LibvirtPollsters.Discoveries(Libvirt),
                .. files.Discoveries,
            ]);
    }

    /// <summary>Puts changed files in force.</summary>
    public void Reload(PollingAgent agent, DatasourceSet set, IReadOnlyList<SnmpMeter> meters)
    {
        var now = With(set, meters);
        agent.Use(now.Pollsters, now.Discoveries);
        _notifications = Notifications(set);
    }

    /// <summary>Lets the datasource files see a notification.</summary>
    public ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken) =>
        _notifications.ConsumeAsync(notification, cancellationToken);

    public void Dispose()
    {
        Libvirt?.Dispose();
        _prometheus.Dispose();
        _http.Dispose();
        foreach (var cloud in _clouds)
        {
            cloud.Dispose();
        }
    }

    private DatasourceNotifications Notifications(DatasourceSet set) =>
        new(set, _outlets.Observations, _outlets.Report);
}
