using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

/// <summary>Ceilometer's table of meters against the built-in files.</summary>
public sealed class OpenStackCatalogueTests
{
    /// <summary>What its pollsters ask OpenStack's services and Ceph's object store for.</summary>
    /// <remarks>Source: Ceilometer's administration guide, "Measurements", origin pollster: image, object storage,
    /// block storage, networking, file share, Octavia, Designate, LBaaS v1 and v2, VPNaaS, FWaaS.</remarks>
    private const string Catalogue = """
        image.size gauge image
        image gauge image
        storage.objects gauge object
        storage.objects.size gauge B
        storage.objects.containers gauge container
        storage.containers.objects gauge object
        storage.containers.objects.size gauge B
        radosgw.objects gauge object
        radosgw.objects.size gauge B
        radosgw.objects.containers gauge container
        radosgw.api.request gauge request
        radosgw.containers.objects gauge object
        radosgw.containers.objects.size gauge B
        ip.floating gauge ip
        network.services.lb.pool gauge pool
        network.services.lb.vip gauge vip
        network.services.lb.member gauge member
        network.services.lb.health_monitor gauge health_monitor
        network.services.lb.total.connections cumulative connection
        network.services.lb.active.connections gauge connection
        network.services.lb.incoming.bytes gauge B
        network.services.lb.outgoing.bytes gauge B
        network.services.lb.listener gauge listener
        network.services.lb.loadbalancer gauge loadbalancer
        network.services.vpn gauge vpnservice
        network.services.vpn.connections gauge ipsec_site_connection
        network.services.vpn.ipsecpolicy gauge ipsecpolicy
        network.services.vpn.ikepolicy gauge ikepolicy
        network.services.firewall gauge firewall
        network.services.firewall.policy gauge firewall_policy
        volume.provider.pool.capacity.total gauge GiB
        volume.provider.pool.capacity.free gauge GiB
        volume.provider.pool.capacity.allocated gauge GiB
        volume.provider.pool.capacity.provisioned gauge GiB
        volume.provider.pool.capacity.virtual_free gauge GiB
        volume.service.health gauge health
        manila.share.status gauge status
        loadbalancer.operating gauge status
        loadbalancer.provisioning gauge status
        dns.zone.status gauge status
        dns.zone.recordsets gauge recordset
        dns.zone.ttl gauge second
        dns.zone.serial gauge serial
        """;

    /// <summary>What no file gives, and why.</summary>
    private static readonly Dictionary<string, string> NotGiven = new()
    {
        ["network.services.lb.vip"] = "LBaaS v1 is gone; Octavia's address is a part of the load balancer",
        ["radosgw.objects"] = RadosGateway,
        ["radosgw.objects.size"] = RadosGateway,
        ["radosgw.objects.containers"] = RadosGateway,
        ["radosgw.api.request"] = RadosGateway,
        ["radosgw.containers.objects"] = RadosGateway,
        ["radosgw.containers.objects.size"] = RadosGateway,
    };

    private const string RadosGateway = "the gateway's admin API wants requests signed as S3 does";

    [Fact]
    public void Every_meter_that_the_services_give_is_in_a_file_with_its_kind_and_unit()
    {
        var given = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "etc/datasources/openstack"), "*.yaml")
            .Select(file => Polled.BuiltIn(new(), Path.GetFileName(file)))
            .SelectMany(polled => polled.Set.Datasources)
            .SelectMany(datasource => datasource.Samples)
            .Select(sample => $"{sample.Meter} {sample.Kind.Word()} {sample.Unit}")
            .ToHashSet(StringComparer.Ordinal);
        var missing = Catalogue.ReplaceLineEndings("\n").Split('\n').Except(given).Select(line => line.Split(' ')[0]);
        Assert.Equal(NotGiven.Keys.Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
    }
}
