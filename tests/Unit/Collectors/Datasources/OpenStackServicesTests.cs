using Ops.Unit.Collectors.Keystone;
using Xunit;

namespace Ops.Unit.Collectors.Datasources;

/// <summary>The built-in files of the further services, over answers in the shape of the public API references.
/// </summary>
public sealed class OpenStackServicesTests
{
    [Fact]
    public async Task Octavia_gives_the_states_of_load_balancers_their_parts_and_their_traffic()
    {
        var cloud = new FakeCloud()
            .On("/v2.0/lbaas/loadbalancers?limit=1000", """
                {"loadbalancers": [
                  {"id": "l1", "name": "front", "project_id": "p1", "operating_status": "DEGRADED",
                   "provisioning_status": "PENDING_UPDATE", "vip_address": "10.0.0.9", "provider": "amphora"},
                  {"id": "l2", "name": "", "project_id": "p1", "operating_status": "NEW",
                   "provisioning_status": "NEW"}], "loadbalancers_links": []}
                """)
            .On("/v2.0/lbaas/loadbalancers/l1/stats", """
                {"stats": {"bytes_in": 7, "bytes_out": 9, "active_connections": 2, "total_connections": 40,
                  "request_errors": 0}}
                """)
            .On("/v2.0/lbaas/listeners?limit=1000", """
                {"listeners": [{"id": "i1", "project_id": "p1", "operating_status": "ONLINE"}]}
                """)
            .On("/v2.0/lbaas/pools?limit=1000", """
                {"pools": [{"id": "o1", "project_id": "p1", "operating_status": "ERROR"}]}
                """)
            .On("/v2.0/lbaas/pools/o1/members", """
                {"members": [{"id": "m1", "project_id": "p1", "operating_status": "NO_MONITOR", "address": "10.0.0.5"},
                  {"id": "m2", "project_id": "p1", "operating_status": "OFFLINE", "address": "10.0.0.6"}]}
                """)
            .On("/v2.0/lbaas/healthmonitors?limit=1000", """
                {"healthmonitors": [{"id": "h1", "project_id": "p1", "operating_status": "ONLINE", "type": "HTTP"}]}
                """);
        var found = await RoundAsync(cloud, "octavia.yaml");
        Assert.Equal(
            [
                "loadbalancer.operating gauge 4 status l1 p1", "loadbalancer.operating gauge -1 status l2 p1",
                "loadbalancer.provisioning gauge 5 status l1 p1", "loadbalancer.provisioning gauge -1 status l2 p1",
                "network.services.lb.loadbalancer gauge 5 loadbalancer l1 p1",
                "network.services.lb.total.connections cumulative 40 connection l1 p1",
                "network.services.lb.active.connections gauge 2 connection l1 p1",
                "network.services.lb.incoming.bytes gauge 7 B l1 p1",
                "network.services.lb.outgoing.bytes gauge 9 B l1 p1",
                "network.services.lb.listener gauge 1 listener i1 p1", "network.services.lb.pool gauge 4 pool o1 p1",
                "network.services.lb.member gauge 3 member m1 p1", "network.services.lb.member gauge 0 member m2 p1",
                "network.services.lb.health_monitor gauge 1 health_monitor h1 p1",
            ],
            found);
    }

    [Fact]
    public async Task Designate_gives_the_zones_of_all_projects_page_by_page()
    {
        var cloud = new FakeCloud()
            .On("/v2/zones?limit=1000", """
                {"zones": [{"id": "z1", "name": "a.example.", "project_id": "p1", "status": "PENDING", "ttl": 3600,
                  "serial": 1404757531, "action": "UPDATE", "type": "PRIMARY", "pool_id": "d1"}],
                 "links": {"self": "http://designate:9001/v2/zones",
                  "next": "http://designate:9001/v2/zones?marker=z1"}}
                """)
            .On("/v2/zones?marker=z1", """
                {"zones": [{"id": "z2", "name": "b.example.", "project_id": "p2", "status": "ODD", "ttl": null,
                  "serial": 2}], "links": {"self": "http://designate:9001/v2/zones"}}
                """)
            .On("/v2/zones/z1/recordsets?limit=1", """
                {"recordsets": [{"id": "r1"}], "links": {}, "metadata": {"total_count": 12}}
                """);
        Assert.Equal(
            [
                "dns.zone.status gauge 2 status z1 p1", "dns.zone.status gauge -1 status z2 p2",
                "dns.zone.ttl gauge 3600 second z1 p1", "dns.zone.ttl gauge 0 second z2 p2",
                "dns.zone.serial gauge 1404757531 serial z1 p1", "dns.zone.serial gauge 2 serial z2 p2",
                "dns.zone.recordsets gauge 12 recordset z1 p1",
            ],
            await RoundAsync(cloud, "designate.yaml"));
    }

    [Fact]
    public async Task Manila_gives_the_states_and_sizes_of_shares()
    {
        var cloud = new FakeCloud().On("/v2/shares/detail?all_tenants=1", """
            {"shares": [{"id": "s1", "name": "home", "project_id": "p1", "user_id": "u1", "status": "available",
               "size": 5, "share_proto": "NFS", "share_type": "t1", "host": "h@b#p", "is_public": false},
              {"id": "s2", "name": "", "project_id": "p1", "status": "extending_error", "size": 1},
              {"id": "s3", "name": "", "project_id": "p1", "status": "odd", "size": 1}]}
            """);
        Assert.Equal(
            [
                "manila.share.status gauge 1 status s1 p1", "manila.share.status gauge 16 status s2 p1",
                "manila.share.status gauge -1 status s3 p1", "manila.share.size gauge 5 GiB s1 p1",
                "manila.share.size gauge 1 GiB s2 p1", "manila.share.size gauge 1 GiB s3 p1",
            ],
            await RoundAsync(cloud, "manila.yaml"));
    }

    [Fact]
    public async Task Swift_gives_what_accounts_and_containers_hold_and_leaves_out_projects_without_an_account()
    {
        const string Account = "/v1/AUTH_p1?format=json&limit=1";
        var cloud = new FakeCloud()
            .On("/v3/projects", """
                {"projects": [{"id": "p1", "name": "one"}, {"id": "p2", "name": "two"}],
                 "links": {"next": null, "self": "http://keystone:5000/v3/projects", "previous": null}}
                """)
            .On(Account, """[{"name": "c1", "count": 3, "bytes": 30}]""")
            .With(Account, new()
            {
                ["X-Account-Object-Count"] = "7",
                ["X-Account-Bytes-Used"] = "90",
                ["X-Account-Container-Count"] = "2",
            })
            .On("/v1/AUTH_p1?format=json", """
                [{"name": "c1", "count": 3, "bytes": 30}, {"name": "c2", "count": 4, "bytes": 60}]
                """);
        Assert.Equal(
            [
                "storage.objects gauge 7 object p1 p1", "storage.objects.size gauge 90 B p1 p1",
                "storage.objects.containers gauge 2 container p1 p1",
                "storage.containers.objects gauge 3 object p1/c1 p1",
                "storage.containers.objects gauge 4 object p1/c2 p1",
                "storage.containers.objects.size gauge 30 B p1/c1 p1",
                "storage.containers.objects.size gauge 60 B p1/c2 p1",
            ],
            await RoundAsync(cloud, "swift.yaml"));
    }

    [Fact]
    public async Task Ironic_nodes_contain_the_instances_that_run_on_them()
    {
        var cloud = new FakeCloud().On("/v1/nodes/detail?limit=1000", """
            {"nodes": [
              {"uuid": "n1", "name": "rack-1", "provision_state": "active", "power_state": "power on",
               "maintenance": false, "instance_uuid": "vm-1", "driver": "ipmi"},
              {"uuid": "n2", "name": null, "provision_state": "clean failed", "power_state": "power off",
               "maintenance": true, "instance_uuid": null},
              {"uuid": "n3", "name": "rack-3", "provision_state": "available", "power_state": "power on",
               "maintenance": true, "instance_uuid": null},
              {"uuid": "n4", "name": "rack-4", "provision_state": null, "power_state": "error",
               "maintenance": false, "instance_uuid": null}]}
            """);
        var polled = Polled.BuiltIn(cloud, "ironic.yaml");
        var found = await polled.RoundAsync();
        Assert.Empty(polled.Reports);
        Assert.Equal(
            [
                "Upsert ironic.node:n1 rack-1 ACTIVE contains/Out/nova.instance:vm-1",
                "Upsert ironic.node:n2 n2 ERROR ", "Upsert ironic.node:n3 rack-3 SUBOPTIMAL ",
                "Upsert ironic.node:n4 rack-4 ERROR ",
            ],
            found.Observations.Select(Polled.Line));
    }

    [Fact]
    public async Task Neutron_gives_agents_and_what_its_extensions_list()
    {
        var cloud = new FakeCloud()
            .On("/v2.0/networks?limit=1000", """{"networks": []}""")
            .On("/v2.0/ports?limit=1000", """{"ports": []}""")
            .On("/v2.0/floatingips?limit=1000", """{"floatingips": []}""")
            .On("/v2.0/agents", """
                {"agents": [{"binary": "neutron-l3-agent", "host": "net-1", "alive": false, "admin_state_up": true,
                  "agent_type": "L3 agent"}]}
                """)
            .On("/v2.0/vpn/vpnservices", """
                {"vpnservices": [{"id": "v1", "name": "v", "tenant_id": "p1", "status": "PENDING_CREATE"},
                  {"id": "v2", "name": "v", "tenant_id": "p1", "status": "ODD"}]}
                """)
            .On("/v2.0/vpn/ipsec-site-connections", """
                {"ipsec_site_connections": [{"id": "c1", "tenant_id": "p1", "psk": "secret", "status": "DOWN"}]}
                """)
            .On("/v2.0/vpn/ipsecpolicies", """{"ipsecpolicies": [{"id": "s1", "tenant_id": "p1"}]}""")
            .On("/v2.0/vpn/ikepolicies", """{"ikepolicies": [{"id": "k1", "tenant_id": "p1"}]}""")
            .On("/v2.0/fwaas/firewall_groups", """
                {"firewall_groups": [{"id": "f1", "tenant_id": "p1", "status": "ACTIVE"}]}
                """);
        Assert.Equal(
            [
                "network.agent.up gauge 0 agent neutron-l3-agent@net-1 ",
                "network.services.vpn gauge 2 vpnservice v1 p1",
                "network.services.vpn.connections gauge 1 ipsec_site_connection c1 p1",
                "network.services.vpn.ipsecpolicy gauge 1 ipsecpolicy s1 p1",
                "network.services.vpn.ikepolicy gauge 1 ikepolicy k1 p1",
                "network.services.firewall gauge 1 firewall f1 p1",
            ],
            await RoundAsync(cloud, "neutron.yaml"));
    }

    private static async Task<IEnumerable<string>> RoundAsync(FakeCloud cloud, string file)
    {
        var polled = Polled.BuiltIn(cloud, file);
        var found = await polled.RoundAsync();
        Assert.Empty(polled.Reports);
        Assert.Empty(found.Observations);
        return found.Samples.Select(Polled.Line);
    }
}
