namespace Ops.Collectors.Keystone;

/// <summary>How one OpenStack cloud is reached; the keys of <c>clouds.yaml</c>.</summary>
public sealed record CloudOptions
{
    /// <summary>The name under <c>clouds</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>auth.auth_url</c>: Keystone's address, with or without <c>/v3</c>; required.</summary>
    public required Uri AuthUrl { get; init; }

    /// <summary><c>auth.username</c>; with a password.</summary>
    public string? Username { get; init; }

    /// <summary><c>auth.user_id</c>, instead of a name.</summary>
    public string? UserId { get; init; }

    /// <summary><c>auth.password</c>.</summary>
    public string? Password { get; init; }

    /// <summary><c>auth.user_domain_name</c>; default <c>Default</c> where a user is named and no domain id given.
    /// </summary>
    public string? UserDomainName { get; init; }

    /// <summary><c>auth.user_domain_id</c>.</summary>
    public string? UserDomainId { get; init; }

    /// <summary><c>auth.project_name</c>: the scope.</summary>
    public string? ProjectName { get; init; }

    /// <summary><c>auth.project_id</c>: the scope, instead of a name.</summary>
    public string? ProjectId { get; init; }

    /// <summary><c>auth.project_domain_name</c>; default <c>Default</c>, as above.</summary>
    public string? ProjectDomainName { get; init; }

    /// <summary><c>auth.project_domain_id</c>.</summary>
    public string? ProjectDomainId { get; init; }

    /// <summary><c>auth.application_credential_id</c>, instead of user and project.</summary>
    public string? ApplicationCredentialId { get; init; }

    /// <summary><c>auth.application_credential_secret</c>.</summary>
    public string? ApplicationCredentialSecret { get; init; }

    /// <summary><c>region_name</c>; default the first region that has the service.</summary>
    public string? RegionName { get; init; }

    /// <summary><c>interface</c>: <c>public</c> (default), <c>internal</c> or <c>admin</c>.</summary>
    public string Interface { get; init; } = "public";

    /// <summary><c>verify</c>: whether certificates are checked; default true.</summary>
    public bool Verify { get; init; } = true;

    /// <summary><c>timeout</c>: how long one request may take; default 30 s, 1 s to 10 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Name and address; never a secret.</summary>
    public override string ToString() => $"cloud '{Name}' at {AuthUrl}";
}
