using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

/// <summary>The built-in files over answers in the shape of the public API references.</summary>
public sealed class OpenStackFilesTests
{
    private const string Server = """
        {"id": "vm-1", "name": "web", "status": "SHUTOFF", "tenant_id": "p1", "user_id": "u1",
         "OS-EXT-SRV-ATTR:host": "host-1", "OS-EXT-AZ:availability_zone": "nova",
         "flavor": {"original_name": "small", "vcpus": 2, "ram": 512, "disk": 10, "ephemeral": 1}}
        """;

    [Fact]
    public async Task Nova_zones_hosts_and_instances_hang_together()
    {
        var cloud = new FakeCloud()
            .On("/v2.1/os-availability-zone/detail", """
                {"availabilityZoneInfo": [
                  {"zoneName": "internal", "zoneState": {"available": true}, "hosts": {"c": {"nova-conductor": {}}}},
                  {"zoneName": "nova", "zoneState": {"available": true}, "hosts": {"host-1": {"nova-compute": {}}}}]}
                """)
            .On("/v2.1/os-services?binary=nova-compute", """
                {"services": [{"id": "s1", "binary": "nova-compute", "host": "host-1", "zone": "nova", "state": "down",
                  "status": "enabled", "forced_down": false, "disabled_reason": null}]}
                """)
            .On("/v2.1/os-hypervisors/detail", """
                {"hypervisors": [{"service": {"host": "host-1"}, "vcpus": 8, "vcpus_used": 2, "memory_mb": 4096,
                  "memory_mb_used": 512, "local_gb": 100, "local_gb_used": 10, "running_vms": 1}]}
                """)
            .On("/v2.1/servers/detail?all_tenants=true&limit=1000", $$"""
                {"servers": [{{Server}}],
                 "servers_links": [{"rel": "next", "href": "http://nova:8774/v2.1/servers/detail?marker=vm-1"}]}
                """)
            .On("/v2.1/servers/detail?marker=vm-1", """{"servers": []}""");
        var polled = Polled.BuiltIn(cloud, "nova.yaml");
        var found = await polled.RoundAsync();
        Assert.Empty(polled.Reports);
        Assert.Equal(
            [
                "Upsert nova.zone:nova nova AVAILABLE contains/In/openstack.cluster:OpenStack Cluster "
                + "contains/Out/nova.host:host-1",
                "Upsert nova.host:host-1 host-1 ERROR contains/In/nova.zone:nova",
                "Upsert nova.instance:vm-1 web STOPPED contains/In/nova.host:host-1",
            ],
            found.Observations.Select(Polled.Line));
        Assert.Equal(
            [
                "compute.service.up gauge 0 service host-1 ", "hypervisor.vcpus gauge 8 vcpu host-1 ",
                "hypervisor.vcpus.used gauge 2 vcpu host-1 ", "hypervisor.memory gauge 4096 MB host-1 ",
                "hypervisor.memory.used gauge 512 MB host-1 ", "hypervisor.disk gauge 100 GB host-1 ",
                "hypervisor.disk.used gauge 10 GB host-1 ", "hypervisor.instances gauge 1 instance host-1 ",
                "instance gauge 1 instance vm-1 p1", "memory gauge 512 MB vm-1 p1", "vcpus gauge 2 vcpu vm-1 p1",
                "disk.root.size gauge 10 GB vm-1 p1", "disk.ephemeral.size gauge 1 GB vm-1 p1",
            ],
            found.Samples.Select(Polled.Line));
        Assert.Equal("small", found.Samples[8].Metadata["flavor.name"]);
    }

    [Fact]
    public async Task A_listing_is_asked_once_a_round_however_many_meters_use_it()
    {
        var cloud = new FakeCloud().On(
            "/v2.1/servers/detail?all_tenants=true&limit=1000", $$"""{"servers": [{{Server}}]}""");
        await Polled.BuiltIn(cloud, "nova.yaml").RoundAsync("instance", "memory", "vcpus", "entities.nova.instance");
        Assert.Single(cloud.Asked);
    }

    [Fact]
    public async Task What_a_whole_listing_no_longer_has_is_deleted_and_a_failed_one_deletes_nothing()
    {
        const string Path = "/v2.1/servers/detail?all_tenants=true&limit=1000";
        var cloud = new FakeCloud().On(
            Path, (200, $$"""{"servers": [{{Server}}]}"""), (500, "broken"), (200, """{"servers": []}"""));
        var polled = Polled.BuiltIn(cloud, "nova.yaml");
        await polled.RoundAsync("entities.nova.instance");
        await Assert.ThrowsAsync<Ops.Collectors.Keystone.CloudException>(
            () => polled.RoundAsync("entities.nova.instance"));
        var found = await polled.RoundAsync("entities.nova.instance");
        Assert.Equal(["Delete nova.instance:vm-1   "], found.Observations.Select(Polled.Line));
        Assert.Empty((await polled.RoundAsync("entities.nova.instance")).Observations);
    }

    [Fact]
    public async Task Neutron_ports_join_networks_and_instances()
    {
        var cloud = new FakeCloud()
            .On("/v2.0/networks?limit=1000", """
                {"networks": [{"id": "n1", "name": "blue", "status": "ACTIVE", "tenant_id": "p1", "shared": false}]}
                """)
            .On("/v2.0/ports?limit=1000", """
                {"ports": [
                  {"id": "o1", "name": "", "status": "DOWN", "tenant_id": "p1", "network_id": "n1", "device_id": "vm-1",
                   "device_owner": "compute:nova", "binding:host_id": "host-1",
                   "fixed_ips": [{"ip_address": "10.0.0.5"}, {"ip_address": "fd00::5"}]},
                  {"id": "o2", "name": "dhcp", "status": "ACTIVE", "tenant_id": "p1", "network_id": "n1",
                   "device_id": "dhcp", "device_owner": "network:dhcp", "fixed_ips": []}]}
                """)
            .On("/v2.0/floatingips?limit=1000", """
                {"floatingips": [{"id": "f1", "status": "ACTIVE", "tenant_id": "p1"},
                  {"id": "f2", "status": "STRANGE", "tenant_id": "p1"}]}
                """);
        var polled = Polled.BuiltIn(cloud, "neutron.yaml");
        var found = await polled.RoundAsync();
        Assert.Equal(
            [
                "Upsert neutron.network:n1 blue ACTIVE ",
                "Upsert neutron.port:o1  DOWN contains/In/neutron.network:n1 attached/Out/nova.instance:vm-1",
            ],
            found.Observations.Select(Polled.Line));
        Assert.Equal("10.0.0.5,fd00::5", found.Observations[1].Properties["ip_addresses"]);
        Assert.Equal(
            [
                "network gauge 1 network n1 p1", "port gauge 1 port o1 p1", "port gauge 1 port o2 p1",
                "ip.floating gauge 1 ip f1 p1", "ip.floating gauge -1 ip f2 p1",
            ],
            found.Samples.Select(Polled.Line));
    }

    [Fact]
    public async Task Cinder_volumes_are_attached_to_instances()
    {
        var cloud = new FakeCloud()
            .On("/v3/p1/volumes/detail?all_tenants=true&limit=1000", """
                {"volumes": [{"id": "v1", "name": "data", "status": "in-use", "size": 20, "user_id": "u1",
                  "os-vol-tenant-attr:tenant_id": "p1", "volume_type": "fast",
                  "attachments": [{"server_id": "vm-1", "device": "/dev/vdb"}]}]}
                """)
            .On("/v3/p1/snapshots/detail?all_tenants=true&limit=1000", """
                {"snapshots": [{"id": "s1", "name": "s", "size": 20, "status": "available", "volume_id": "v1",
                  "os-extended-snapshot-attributes:project_id": "p1"}]}
                """)
            .On("/v3/p1/backups/detail?all_tenants=true&limit=1000", """
                {"backups": [{"id": "b1", "name": "b", "size": 20, "status": "available", "volume_id": "v1",
                  "container": "c", "object_count": 3, "os-backup-project-attr:project_id": "p1"}]}
                """)
            .On("/v3/p1/scheduler-stats/get_pools?detail=true", """
                {"pools": [{"name": "h@lvm#pool", "capabilities": {"total_capacity_gb": 100,
                  "free_capacity_gb": "infinite",
                  "allocated_capacity_gb": 20, "provisioned_capacity_gb": 20.5, "reserved_percentage": 5,
                  "thin_provisioning_support": true, "max_over_subscription_ratio": "2.0"}},
                  {"name": "h@ceph#pool", "capabilities": {"total_capacity_gb": "infinite",
                  "provisioned_capacity_gb": 5}}]}
                """)
            .On("/v3/p1/os-services", """
                {"services": [{"binary": "cinder-volume", "host": "h@lvm", "state": "up", "status": "disabled",
                  "zone": "nova"}, {"binary": "cinder-backup", "host": "h", "state": "down", "status": "enabled",
                  "zone": "nova"}]}
                """);
        var polled = Polled.BuiltIn(cloud, "cinder.yaml");
        var found = await polled.RoundAsync();
        Assert.Empty(polled.Reports);
        Assert.Equal(
            ["Upsert cinder.volume:v1 data in-use attached/Out/nova.instance:vm-1"],
            found.Observations.Select(Polled.Line));
        Assert.Equal(
            [
                "volume.size gauge 20 GB v1 p1", "snapshot.size gauge 20 GB s1 p1",
                "volume.snapshot.size gauge 20 GB s1 p1", "volume.backup.size gauge 20 GB b1 p1",
                "volume.provider.pool.capacity.total gauge 100 GiB h@lvm#pool ",
                "volume.provider.pool.capacity.allocated gauge 20 GiB h@lvm#pool ",
                "volume.provider.pool.capacity.provisioned gauge 20.5 GiB h@lvm#pool ",
                "volume.provider.pool.capacity.provisioned gauge 5 GiB h@ceph#pool ",
                "volume.provider.pool.capacity.virtual_free gauge 169.5 GiB h@lvm#pool ",
                "volume.service.health gauge 1 health cinder-volume@h@lvm ",
                "volume.service.health gauge 0 health cinder-backup@h ",
            ],
            found.Samples.Select(Polled.Line));
    }

    [Fact]
    public async Task Glance_images_are_counted_page_by_page()
    {
        var cloud = new FakeCloud()
            .On("/v2/images?limit=1000", """
                {"images": [{"id": "i1", "name": "a", "size": 100, "owner": "p1"}], "next": "/v2/images?marker=i1"}
                """)
            .On("/v2/images?marker=i1", """{"images": [{"id": "i2", "name": "b", "size": null, "owner": "p2"}]}""");
        var found = await Polled.BuiltIn(cloud, "glance.yaml").RoundAsync();
        Assert.Equal(
            ["image.size gauge 100 image i1 p1", "image gauge 1 image i1 p1", "image gauge 1 image i2 p2"],
            found.Samples.Select(Polled.Line));
    }

    [Fact]
    public async Task Heat_stacks_comprise_what_they_made()
    {
        var cloud = new FakeCloud()
            .On("/v1/p1/stacks?global_tenant=true&show_nested=true&limit=1000", """
                {"stacks": [{"id": "k1", "stack_name": "app", "stack_status": "CREATE_COMPLETE", "project": "p1",
                  "parent": null}]}
                """)
            .On("/v1/p1/stacks/app/k1/resources", """
                {"resources": [{"physical_resource_id": "vm-1", "resource_type": "OS::Nova::Server"},
                  {"physical_resource_id": "v1", "resource_type": "OS::Cinder::Volume"}]}
                """);
        var found = await Polled.BuiltIn(cloud, "heat.yaml").RoundAsync();
        Assert.Equal(
            ["Upsert heat.stack:k1 app CREATE_COMPLETE comprised/Out/nova.instance:vm-1 "
                + "comprised/Out/cinder.volume:v1"],
            found.Observations.Select(Polled.Line));
    }
}
