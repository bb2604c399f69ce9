using System.Globalization;

namespace Ops.Collectors.Ipmi;

/// <summary>A node whose management controller is asked. It never prints its password.</summary>
public sealed record IpmiTarget
{
    /// <summary>The port of controllers.</summary>
    public const int DefaultPort = 623;

    /// <summary>The node's id in samples and in the graph; default the host, or this machine's name.</summary>
    public required string Name { get; init; }

    /// <summary>The controller's name or address; null for this machine's own.</summary>
    public string? Host { get; init; }

    /// <summary>The UDP port; default 623.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The user; default empty.</summary>
    public string User { get; init; } = "";

    /// <summary>The password, at most 20 characters; handed to <c>ipmitool</c> in its environment.</summary>
    public string Password { get; init; } = "";

    /// <summary>The cipher suite, from 0 to 17; null leaves it to <c>ipmitool</c>, which asks the controller.</summary>
    public int? CipherSuite { get; init; }

    /// <summary>The privilege that is asked for; default null: what <c>ipmitool</c> asks for, ADMINISTRATOR.</summary>
    public string? Privilege { get; init; }

    /// <summary>Its URL without secrets: <c>ipmi://local</c> or <c>ipmi://host[:port]</c>.</summary>
    public string Url => Host is null
        ? "ipmi://local"
        : $"ipmi://{Host}" + (Port == DefaultPort ? "" : ":" + Port.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => Url;
}
