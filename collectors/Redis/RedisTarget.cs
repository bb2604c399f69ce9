namespace Ops.Collectors.Redis;

/// <summary>How a Redis server or a Sentinel is reached.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
public sealed record RedisTarget(string Host, int Port)
{
    /// <summary><c>name</c>: its name for people; default <c>host:port</c>.</summary>
    public string Name { get; init; } = $"{Host}:{Port}";

    /// <summary><c>user</c>, or the one in the URL; null for the default user.</summary>
    public string? User { get; init; }

    /// <summary><c>password</c>, or the one in the URL; null where none is asked for.</summary>
    public string? Password { get; init; }

    /// <summary><c>tls</c>, or a URL that begins with <c>rediss</c>: whether the connection is encrypted.</summary>
    public bool Tls { get; init; }

    /// <summary>
    /// <c>ca_file</c>: the certificates, in PEM, that the server's must descend from; default those of the system.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>The address; never the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
