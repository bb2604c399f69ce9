namespace Ops.Server.Api.Security;

/// <summary>What the gates of the HTTP side go by.</summary>
/// <param name="Listen">Where the program listens.</param>
/// <param name="Hosts">Further names that a Host header may give.</param>
/// <param name="Tokens">The tokens that are known; none lets everyone in.</param>
public sealed record SecurityOptions(
    IReadOnlyList<ListenAddress> Listen, IReadOnlyList<string> Hosts, IReadOnlyList<ApiToken> Tokens);
