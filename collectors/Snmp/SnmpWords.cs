using Ops.Collectors.Snmp.Security;

namespace Ops.Collectors.Snmp;

/// <summary>The words that configuration and addresses use for protocols, and what a credential must hold.</summary>
internal static class SnmpWords
{
    /// <summary>Words of signatures.</summary>
    public static readonly IReadOnlyDictionary<string, SnmpAuthProtocol> Auth =
        new Dictionary<string, SnmpAuthProtocol>
        {
            ["none"] = SnmpAuthProtocol.None, ["md5"] = SnmpAuthProtocol.Md5, ["sha"] = SnmpAuthProtocol.Sha1,
            ["sha224"] = SnmpAuthProtocol.Sha224, ["sha256"] = SnmpAuthProtocol.Sha256,
            ["sha384"] = SnmpAuthProtocol.Sha384, ["sha512"] = SnmpAuthProtocol.Sha512,
        };

    /// <summary>Words of encryption.</summary>
    public static readonly IReadOnlyDictionary<string, SnmpPrivProtocol> Priv =
        new Dictionary<string, SnmpPrivProtocol>
        {
            ["none"] = SnmpPrivProtocol.None, ["des"] = SnmpPrivProtocol.Des, ["aes"] = SnmpPrivProtocol.Aes128,
            ["aes192"] = SnmpPrivProtocol.Aes192, ["aes256"] = SnmpPrivProtocol.Aes256,
            ["aes192c"] = SnmpPrivProtocol.Aes192Cisco, ["aes256c"] = SnmpPrivProtocol.Aes256Cisco,
        };

    /// <summary>What is wrong with a user, without secrets.</summary>
    public static IEnumerable<string> Faults(SnmpCredential user)
    {
        if (!user.IsUser)
        {
            yield break;
        }

        if (user.Priv != SnmpPrivProtocol.None && user.Auth == SnmpAuthProtocol.None)
        {
            yield return "'priv' needs 'auth': what is encrypted must be signed";
        }

        if (user.Auth != SnmpAuthProtocol.None && user.AuthPassword.Length < UsmAuth.PasswordLengthMin)
        {
            yield return $"'auth_password' must have at least {UsmAuth.PasswordLengthMin} characters";
        }

        if (user.Priv != SnmpPrivProtocol.None && user.PrivPassword.Length < UsmAuth.PasswordLengthMin)
        {
            yield return $"'priv_password' must have at least {UsmAuth.PasswordLengthMin} characters";
        }
    }
}
