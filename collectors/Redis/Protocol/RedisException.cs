namespace Ops.Collectors.Redis.Protocol;

/// <summary>Why a Redis server could not be asked.</summary>
/// <param name="message">What happened, for people.</param>
internal sealed class RedisException(string message) : Exception(message)
{
    /// <summary>Whether the server is there and refuses the login: it will go on doing so.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What came is not Redis's protocol.</summary>
    public static RedisException Protocol(string message) => new($"what came is not an answer of Redis: {message}");
}
