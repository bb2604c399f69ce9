using System.Text.Json.Nodes;

namespace Ops.Collectors.Keystone;

/// <summary>The body that asks Keystone for a scoped token.</summary>
internal static class KeystoneRequest
{
    public static Uri Url(Uri authUrl)
    {
        var text = authUrl.AbsoluteUri.TrimEnd('/');
        return new Uri((text.EndsWith("/v3", StringComparison.Ordinal) ? text : text + "/v3") + "/auth/tokens");
    }

    public static string Body(CloudOptions options)
    {
        var auth = new JsonObject();
        if (options.ApplicationCredentialId is { } id)
        {
            auth["identity"] = new JsonObject
            {
                ["methods"] = new JsonArray("application_credential"),
                ["application_credential"] = new JsonObject
                {
                    ["id"] = id, ["secret"] = options.ApplicationCredentialSecret,
                },
            };
        }
        else
        {
            var user = Named(options.UserId, options.Username, options.UserDomainId, options.UserDomainName);
            user["password"] = options.Password;
            auth["identity"] = new JsonObject
            {
                ["methods"] = new JsonArray("password"), ["password"] = new JsonObject { ["user"] = user },
            };
            auth["scope"] = new JsonObject
            {
                ["project"] = Named(
                    options.ProjectId, options.ProjectName, options.ProjectDomainId, options.ProjectDomainName),
            };
        }

        return new JsonObject { ["auth"] = auth }.ToJsonString();
    }

    private static JsonObject Named(string? id, string? name, string? domainId, string? domainName) => id is not null
        ? new JsonObject { ["id"] = id }
        : new JsonObject
        {
            ["name"] = name,
            ["domain"] = domainId is not null
                ? new JsonObject { ["id"] = domainId }
                : new JsonObject { ["name"] = domainName ?? "Default" },
        };
}
