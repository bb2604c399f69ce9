using System.Diagnostics.CodeAnalysis;
using Ops.Collectors.Snmp.Security;
using Ops.Model;

namespace Ops.Collectors.Snmp;

/// <summary>Reads the addresses of agents.</summary>
/// <remarks>
/// <code>
/// snmp://[community@]host[:port][?credential=NAME]
/// snmp://user:auth_password[:priv_password]@host[:port][?auth=sha256&amp;priv=aes]
/// </code>
/// A host alone is an address too. Ceilometer's <c>security_name</c>, <c>auth_proto</c>, <c>priv_proto</c> and
/// <c>priv_password</c> are taken as well. Without any of them the credential named <c>default</c> is used where there
/// is one, else the community <c>public</c>. Messages never repeat what may be a secret.
/// </remarks>
internal static class SnmpAddress
{
    private static readonly string[] Keys =
    [
        "credential", "auth", "priv", "context", "security_name", "auth_proto", "priv_proto", "priv_password",
    ];

    /// <summary>Reads an address.</summary>
    public static bool TryParse(
        string text, SnmpOptions options, [NotNullWhen(true)] out SnmpTarget? target, out string fault)
    {
        target = null;
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"snmp://{text}";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme != "snmp" || uri.Host.Length == 0
            || uri.AbsolutePath.Trim('/').Length > 0)
        {
            fault = $"'{Masked(text)}' is no address of an SNMP agent such as snmp://community@10.0.0.5:161";
            return false;
        }

        if (!TryReadQuery(uri.Query, out var query, out fault)
            || !TryReadCredential(uri.UserInfo, query, options, out var credential, out fault))
        {
            fault = $"'{Masked(text)}': {fault}";
            return false;
        }

        var port = uri.IsDefaultPort || uri.Port < 0 ? SnmpTarget.DefaultPort : uri.Port;
        target = new SnmpTarget(uri.Host.Trim('[', ']'), port, credential);
        fault = "";
        return true;
    }

    /// <summary>The address without what may be a secret.</summary>
    public static string Masked(string text)
    {
        var end = text.IndexOf('?');
        var masked = end < 0 ? text : text[..end];
        var at = masked.LastIndexOf('@');
        return at < 0 ? masked : $"snmp://***{masked[at..]}";
    }

    private static bool TryReadQuery(string text, out Dictionary<string, string> query, out string fault)
    {
        query = new Dictionary<string, string>(StringComparer.Ordinal);
        fault = "";
        foreach (var pair in text.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var key = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            if (!Keys.Contains(key))
            {
                fault = $"unknown parameter '{key}'; allowed: {string.Join(", ", Keys)}" + NearestName.Hint(key, Keys);
                return false;
            }

            query[key] = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return true;
    }

    private static bool TryReadCredential(
        string userInfo, Dictionary<string, string> query, SnmpOptions options, out SnmpCredential credential,
        out string fault)
    {
        credential = new SnmpCredential();
        fault = "";
        if (query.TryGetValue("credential", out var name))
        {
            if (options.Credentials.TryGetValue(name, out var named))
            {
                credential = named;
                return true;
            }

            fault = $"unknown credential '{name}'; there are: {string.Join(", ", options.Credentials.Keys)}"
                + NearestName.Hint(name, options.Credentials.Keys);
            return false;
        }

        var words = userInfo.Split(':').Select(Uri.UnescapeDataString).ToArray();
        var community = query.GetValueOrDefault("security_name") ?? words[0];
        if (words.Length == 1 && !query.ContainsKey("auth") && !query.ContainsKey("auth_proto"))
        {
            credential = community.Length > 0
                ? new SnmpCredential { Community = community }
                : options.Credentials.GetValueOrDefault("default") ?? new SnmpCredential();
            return true;
        }

        return TryReadUser(words, query, out credential, out fault);
    }

    private static bool TryReadUser(
        string[] words, Dictionary<string, string> query, out SnmpCredential credential, out string fault)
    {
        credential = new SnmpCredential();
        var authWord = (query.GetValueOrDefault("auth") ?? query.GetValueOrDefault("auth_proto")
            ?? (words.Length > 1 ? "md5" : "none")).ToLowerInvariant();
        var privWord = (query.GetValueOrDefault("priv") ?? query.GetValueOrDefault("priv_proto")
            ?? (words.Length > 2 ? "aes" : "none")).ToLowerInvariant();
        if (!SnmpWords.Auth.TryGetValue(authWord, out var auth))
        {
            fault = $"'auth' must be one of {string.Join(", ", SnmpWords.Auth.Keys)}, found '{authWord}'"
                + NearestName.Hint(authWord, SnmpWords.Auth.Keys);
            return false;
        }

        if (!SnmpWords.Priv.TryGetValue(privWord, out var priv))
        {
            fault = $"'priv' must be one of {string.Join(", ", SnmpWords.Priv.Keys)}, found '{privWord}'"
                + NearestName.Hint(privWord, SnmpWords.Priv.Keys);
            return false;
        }

        credential = new SnmpCredential
        {
            Community = null, User = words[0], Auth = auth, Priv = priv,
            AuthPassword = words.ElementAtOrDefault(1) ?? "",
            PrivPassword = query.GetValueOrDefault("priv_password") ?? words.ElementAtOrDefault(2) ?? "",
            Context = query.GetValueOrDefault("context") ?? "",
        };
        fault = string.Join("; ", SnmpWords.Faults(credential));
        return fault.Length == 0;
    }
}
