using Ops.Collectors.Snmp;
using Ops.Collectors.Snmp.Security;
using Xunit;

namespace Ops.Unit.Collectors.Snmp;

public class SnmpAddressTests
{
    private static readonly SnmpOptions Options = new()
    {
        Credentials = new Dictionary<string, SnmpCredential>
        {
            ["core"] = new() { Community = null, User = "core" },
        },
    };

    [Theory]
    [InlineData("10.0.0.5", "10.0.0.5", 161, "public", "snmp://10.0.0.5")]
    [InlineData("snmp://10.0.0.5", "10.0.0.5", 161, "public", "snmp://10.0.0.5")]
    [InlineData("snmp://s%40cret@switch-1:1161", "switch-1:1161", 1161, "s@cret", "snmp://switch-1:1161")]
    [InlineData("snmp://[::1]:1161", "[::1]:1161", 1161, "public", "snmp://[::1]:1161")]
    [InlineData("snmp://[fd00::5]", "fd00::5", 161, "public", "snmp://[fd00::5]")]
    [InlineData("snmp://h?security_name=ceilo", "h", 161, "ceilo", "snmp://h")]
    public void A_community_address_reads(string text, string id, int port, string community, string url)
    {
        Assert.True(SnmpAddress.TryParse(text, Options, out var target, out _));
        Assert.Equal((id, port, community, url), (target.Id, target.Port, target.Credential.Community, target.Url));
    }

    [Fact]
    public void A_user_address_reads()
    {
        Assert.True(SnmpAddress.TryParse(
            "snmp://ann:authpass1:privpass1@10.0.0.5?auth=sha256&priv=aes256", Options, out var target, out _));
        var user = target.Credential;
        Assert.Equal(
            ("ann", SnmpAuthProtocol.Sha256, "authpass1", SnmpPrivProtocol.Aes256, "privpass1"),
            (user.User, user.Auth, user.AuthPassword, user.Priv, user.PrivPassword));
        Assert.Equal("snmp://10.0.0.5", target.Url);
    }

    [Fact]
    public void Ceilometers_user_address_reads()
    {
        Assert.True(SnmpAddress.TryParse(
            "snmp://ro:authpass1@10.0.0.5?auth_proto=sha&priv_proto=aes&priv_password=privpass1", Options,
            out var target, out _));
        Assert.Equal(
            (SnmpAuthProtocol.Sha1, SnmpPrivProtocol.Aes128, "privpass1"),
            (target.Credential.Auth, target.Credential.Priv, target.Credential.PrivPassword));
    }

    [Fact]
    public void A_named_credential_is_used()
    {
        Assert.True(SnmpAddress.TryParse("snmp://h?credential=core", Options, out var target, out _));
        Assert.Equal("core", target.Credential.User);
    }

    [Fact]
    public void The_default_credential_is_used_where_none_is_named()
    {
        var options = Options with
        {
            Credentials = new Dictionary<string, SnmpCredential> { ["default"] = new() { Community = "lab" } },
        };
        Assert.True(SnmpAddress.TryParse("h", options, out var target, out _));
        Assert.Equal("lab", target.Credential.Community);
    }

    [Theory]
    [InlineData("http://secret@h", "'snmp://***@h' is no address of an SNMP agent such as "
        + "snmp://community@10.0.0.5:161")]
    [InlineData("snmp://h/path", "'snmp://h/path' is no address of an SNMP agent such as "
        + "snmp://community@10.0.0.5:161")]
    [InlineData("snmp://h?credential=cor", "'snmp://h': unknown credential 'cor'; there are: core. Did you mean "
        + "'core'?")]
    [InlineData("snmp://h?aut=md5", "'snmp://h': unknown parameter 'aut'; allowed: credential, auth, priv, context, "
        + "security_name, auth_proto, priv_proto, priv_password. Did you mean 'auth'?")]
    [InlineData("snmp://u:authpass1@h?auth=sha25", "'snmp://***@h': 'auth' must be one of none, md5, sha, sha224, "
        + "sha256, sha384, sha512, found 'sha25'. Did you mean 'sha256'?")]
    [InlineData("snmp://u:short@h", "'snmp://***@h': 'auth_password' must have at least 8 characters")]
    [InlineData("snmp://u:authpass1:short@h",
        "'snmp://***@h': 'priv_password' must have at least 8 characters")]
    public void What_is_no_address_is_refused_without_its_secrets(string text, string message)
    {
        Assert.False(SnmpAddress.TryParse(text, Options, out _, out var fault));
        Assert.Equal(message, fault);
    }
}
