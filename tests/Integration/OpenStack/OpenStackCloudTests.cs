using Ops.Integration.Support;

namespace Ops.Integration.OpenStack;

public sealed class OpenStackCloudTests(OpenStackFixture fixture)
{
    [Fact]
    public async Task The_cloud_has_a_compute_host()
    {
        var cloud = await fixture.CloudAsync();
        var hypervisors = await cloud.NovaAsync(HttpMethod.Get, "/os-hypervisors/detail");
        var hypervisor = Assert.Single(hypervisors.GetProperty("hypervisors").EnumerateArray());
        Assert.Equal("up", hypervisor.GetProperty("state").GetString());
    }
}
