using Ops.Model;

namespace Ops.Collectors.Keystone;

/// <summary>Reads <c>clouds</c>: names with what <c>clouds.yaml</c> has under them.</summary>
public static class CloudOptionsReader
{
    private static readonly string[] Interfaces = ["public", "internal", "admin"];

    /// <summary>Reads the mapping of clouds; nothing gives none.</summary>
    public static IReadOnlyList<CloudOptions> Read(ConfigNode? node, ConfigFaults faults)
    {
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"clouds must be a mapping of names, found {node.Describe()}");
            return [];
        }

        return [.. node.Members.Select(member => Cloud(member, faults)).OfType<CloudOptions>()];
    }

    private static CloudOptions? Cloud(ConfigMember member, ConfigFaults faults)
    {
        var what = $"cloud '{member.Key}'";
        var node = member.Value;
        if (!faults.Keys(
            node, what, "auth", "auth_type", "region_name", "interface", "verify", "timeout", "identity_api_version"))
        {
            return null;
        }

        if (node["auth"] is not { } auth)
        {
            faults.Add(node, $"{what} needs 'auth'");
            return null;
        }

        var scope = $"'auth' of {what}";
        if (!faults.Keys(
            auth, scope, "auth_url", "username", "user_id", "password", "user_domain_name", "user_domain_id",
            "project_name", "project_id", "project_domain_name", "project_domain_id", "application_credential_id",
            "application_credential_secret"))
        {
            return null;
        }

        return Checked(auth, scope, faults, new CloudOptions
        {
            Name = member.Key,
            AuthUrl = Address(auth, scope, faults),
            Username = faults.Text(auth, "username", scope),
            UserId = faults.Text(auth, "user_id", scope),
            Password = faults.Text(auth, "password", scope),
            UserDomainName = faults.Text(auth, "user_domain_name", scope),
            UserDomainId = faults.Text(auth, "user_domain_id", scope),
            ProjectName = faults.Text(auth, "project_name", scope),
            ProjectId = faults.Text(auth, "project_id", scope),
            ProjectDomainName = faults.Text(auth, "project_domain_name", scope),
            ProjectDomainId = faults.Text(auth, "project_domain_id", scope),
            ApplicationCredentialId = faults.Text(auth, "application_credential_id", scope),
            ApplicationCredentialSecret = faults.Text(auth, "application_credential_secret", scope),
            RegionName = faults.Text(node, "region_name", what),
            Interface = Side(node, what, faults),
            Verify = faults.Bool(node, "verify", what) ?? true,
            Timeout = Limit(node, what, faults),
        });
    }

    private static CloudOptions Checked(ConfigNode auth, string what, ConfigFaults faults, CloudOptions options)
    {
        if (options.ApplicationCredentialId is not null || options.ApplicationCredentialSecret is not null)
        {
            Need(options.ApplicationCredentialId, "application_credential_id");
            Need(options.ApplicationCredentialSecret, "application_credential_secret");
            return options;
        }

        Need(options.Username ?? options.UserId, "username");
        Need(options.Password, "password");
        Need(options.ProjectName ?? options.ProjectId, "project_name");
        return options;

        void Need(string? value, string key)
        {
            if (string.IsNullOrEmpty(value))
            {
                faults.Add(auth, $"{what} needs '{key}'");
            }
        }
    }

    private static Uri Address(ConfigNode auth, string what, ConfigFaults faults)
    {
        var text = faults.RequiredText(auth, "auth_url", what);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        if (text.Length > 0)
        {
            faults.Add(auth["auth_url"]!, $"'auth_url' of {what} must be an http or https address, found '{text}'");
        }

        return new Uri("http://invalid.invalid/");
    }

    private static string Side(ConfigNode node, string what, ConfigFaults faults)
    {
        var text = faults.Text(node, "interface", what) ?? "public";
        var side = text.EndsWith("URL", StringComparison.Ordinal) ? text[..^3] : text;
        if (!Interfaces.Contains(side))
        {
            faults.NotOneOf(node["interface"]!, $"'interface' of {what}", Interfaces);
        }

        return side;
    }

    private static TimeSpan Limit(ConfigNode node, string what, ConfigFaults faults)
    {
        var limit = faults.Duration(node, "timeout", what) ?? TimeSpan.FromSeconds(30);
        if (limit < TimeSpan.FromSeconds(1) || limit > TimeSpan.FromMinutes(10))
        {
            faults.Add(node["timeout"]!, $"'timeout' of {what} must be 1s to 10m, found '{node["timeout"]!.Text}'");
        }

        return limit;
    }
}
