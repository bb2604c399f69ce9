using Ops.Collectors.Snmp.Security;

namespace Ops.Collectors.Snmp;

/// <summary>With what an agent is asked: a community (version 2c) or a user (version 3). It never prints its secrets.
/// </summary>
public sealed record SnmpCredential
{
    /// <summary>The community of version 2c; null for version 3. Default <c>public</c>.</summary>
    public string? Community { get; init; } = "public";

    /// <summary>The user of version 3; default empty.</summary>
    public string User { get; init; } = "";

    /// <summary>How messages are signed; default not.</summary>
    public SnmpAuthProtocol Auth { get; init; }

    /// <summary>The password of that, at least 8 characters.</summary>
    public string AuthPassword { get; init; } = "";

    /// <summary>How messages are encrypted; default not. Needs <see cref="Auth"/>.</summary>
    public SnmpPrivProtocol Priv { get; init; }

    /// <summary>The password of that, at least 8 characters.</summary>
    public string PrivPassword { get; init; } = "";

    /// <summary>The context of version 3; default empty.</summary>
    public string Context { get; init; } = "";

    /// <summary>Whether it speaks version 3.</summary>
    public bool IsUser => Community is null;

    /// <inheritdoc/>
    public override string ToString() => IsUser ? $"v3 {User} ({Auth}, {Priv})" : "v2c";
}
