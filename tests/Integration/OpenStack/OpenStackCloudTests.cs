using Ops.Collectors.Datasources;
using Ops.Collectors.Keystone;
using Ops.Collectors.Polling;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Server.Config;

namespace Ops.Integration.OpenStack;

/// <summary>The built-in datasources over a real Keystone and Nova.</summary>
public sealed class OpenStackCloudTests(OpenStackFixture fixture)
{
    private readonly List<string> _reports = [];

    [Fact]
    public async Task A_real_cloud_gives_zones_hosts_and_capacity()
    {
        var cloud = await fixture.CloudAsync();
        using var session = Session(cloud, cloud.AdminPassword);
        using var http = new HttpClient();
        var faults = new ConfigFaults();
        var path = Path.Combine(AppContext.BaseDirectory, "etc/datasources/openstack/nova.yaml");
        var set = DatasourceSet.Read([(path, YamlReader.ReadFile(path, faults)!)], faults);
        Assert.Empty(faults.All);
        var found = await PollAsync(DatasourcePollsters.Of(set, [session], http, TimeProvider.System, _reports.Add));

        Assert.Empty(_reports);
        var zone = found.Observations.Single(seen => seen.Entity == new EntityRef("nova.zone", "nova"));
        Assert.Equal("AVAILABLE", zone.State);
        Assert.Contains(
            new ObservedRelation("contains", RelationDirection.Out, new EntityRef("nova.host", "host-1")),
            zone.Relations);
        var host = found.Observations.Single(seen => seen.Entity == new EntityRef("nova.host", "host-1"));
        Assert.Equal(
            [new ObservedRelation("contains", RelationDirection.In, new EntityRef("nova.zone", "nova"))],
            host.Relations);
        Assert.Contains(found.Samples, sample => sample is
            { Meter: "compute.service.up", ResourceId: "host-1", Volume: 1 });
        Assert.Contains(found.Samples, sample => sample is
            { Meter: "hypervisor.vcpus", ResourceId: "host-1", Volume: > 0 });
    }

    [Fact]
    public async Task A_wrong_password_is_refused_for_good_and_the_answer_names_no_secret()
    {
        var cloud = await fixture.CloudAsync();
        using var session = Session(cloud, "not-the-password");
        var fault = await Assert.ThrowsAsync<CloudException>(
            () => session.EndpointAsync("compute", CancellationToken.None));
        Assert.True(fault.IsPermanent);
        Assert.Equal($"cloud 'test': Keystone at {cloud.AuthUrl} refused the credentials (401)", fault.Message);
    }

    [Fact]
    public async Task The_catalogue_gives_the_endpoint_of_the_region_and_side()
    {
        var cloud = await fixture.CloudAsync();
        using var session = Session(cloud, cloud.AdminPassword);
        Assert.Equal(cloud.NovaUrl, await session.EndpointAsync("compute", CancellationToken.None));
        Assert.Null(await session.EndpointAsync("block-storage", CancellationToken.None));
        var answer = await session.SendAsync(
            "identity", "/v3/projects?name=admin", null, null, CancellationToken.None);
        Assert.Contains("\"name\": \"admin\"", answer.Text);
    }

    private static KeystoneSession Session(OpenStackCloud cloud, string password) => new(
        new CloudOptions
        {
            Name = "test",
            AuthUrl = new Uri(cloud.AuthUrl),
            Username = cloud.AdminUser,
            Password = password,
            ProjectName = "admin",
            RegionName = "RegionOne",
        },
        TimeProvider.System);

    private static async Task<PollFindings> PollAsync(DatasourcePollsters parts)
    {
        var round = new PollRound(TimeProvider.System.GetUtcNow());
        foreach (var pollster in parts.Pollsters)
        {
            var discovery = pollster.DefaultDiscovery.Split("://", 2);
            var resources = await parts.Discoveries.Single(one => one.Name == discovery[0])
                .DiscoverAsync(discovery[1], round, CancellationToken.None);
            await pollster.PollAsync(round, resources, CancellationToken.None);
        }

        return round.Take();
    }
}
