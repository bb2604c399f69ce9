using Ops.Collectors.Keystone;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Keystone;

public sealed class CloudOptionsReaderTests
{
    [Fact]
    public void Clouds_are_read_as_clouds_yaml_has_them()
    {
        var faults = new ConfigFaults();
        var cloud = Assert.Single(Read("""
            home:
              auth:
                auth_url: http://keystone:5000/v3
                username: ops
                password: hidden
                project_name: admin
                user_domain_name: Default
                project_domain_name: Default
              region_name: one
              interface: internalURL
              verify: false
            """, faults));
        Assert.True(faults.None);
        Assert.Equal(("home", "ops", "one", "internal", false),
            (cloud.Name, cloud.Username, cloud.RegionName, cloud.Interface, cloud.Verify));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = new ConfigFaults();
        Read("""
            home:
              auth: {auth_url: keystone, user: ops}
              interface: outside
              region: one
            """, faults);
        Assert.Equal(
            [
                "c.yaml:4:3: unknown key 'region' in cloud 'home'; allowed: auth, auth_type, region_name, interface, "
                + "verify, timeout, identity_api_version",
                "c.yaml:2:30: unknown key 'user' in 'auth' of cloud 'home'; allowed: auth_url, username, user_id, "
                + "password, user_domain_name, user_domain_id, project_name, project_id, project_domain_name, "
                + "project_domain_id, application_credential_id, application_credential_secret",
                "c.yaml:2:20: 'auth_url' of 'auth' of cloud 'home' must be an http or https address, found 'keystone'",
                "c.yaml:3:14: 'interface' of cloud 'home' must be one of public, internal, admin, found 'outside'",
                "c.yaml:2:9: 'auth' of cloud 'home' needs 'username'",
                "c.yaml:2:9: 'auth' of cloud 'home' needs 'password'",
                "c.yaml:2:9: 'auth' of cloud 'home' needs 'project_name'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static IReadOnlyList<CloudOptions> Read(string text, ConfigFaults faults) =>
        CloudOptionsReader.Read(YamlReader.Read(text, "c.yaml", faults), faults);
}
