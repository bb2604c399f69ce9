using System.Net;

namespace Ops.Collectors.Collectd;

/// <summary>How much a packet of collectd must prove.</summary>
public enum CollectdSecurity
{
    /// <summary>Nothing; signed and encrypted packets are taken where their user is known.</summary>
    None,

    /// <summary>It must be signed or encrypted by a known user.</summary>
    Sign,

    /// <summary>It must be encrypted by a known user.</summary>
    Encrypt,
}

/// <summary>How collectd's network protocol is received: the section <c>collectd</c> of <c>ops.yaml</c>.</summary>
public sealed record CollectdOptions
{
    /// <summary><c>listen</c>: where, or off; default <c>127.0.0.1:25826</c>.</summary>
    public IPEndPoint? Listen { get; init; } = new(IPAddress.Loopback, 25826);

    /// <summary><c>allow</c>: networks that may send beside this machine; default none.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary><c>security</c>: none, sign or encrypt; default none.</summary>
    public CollectdSecurity Security { get; init; }

    /// <summary><c>users</c>: passwords by user, as in collectd's AuthFile; default none.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary><c>types_db</c>: files that name the values of types, beside those that are built in.</summary>
    public IReadOnlyList<string> TypesDb { get; init; } = [];
}
