namespace Ops.Server.Api.Security;

/// <summary>Decides whether the HTTP side may open: off loopback only with tokens.</summary>
public static class ListenRule
{
    /// <summary>Why the program must not start, or null when it may.</summary>
    public static string? Refusal(IReadOnlyList<ListenAddress> addresses, IReadOnlyList<ApiToken> tokens)
    {
        if (tokens.Count > 0 || addresses.FirstOrDefault(address => !address.IsLoopback) is not { } open)
        {
            return null;
        }

        return $"refusing to listen on {open}: others can reach it, and no tokens are configured. Listen on "
            + $"{ListenAddress.Usual}, or put tokens under 'auth: tokens:' in ops.yaml (docs/configuration.md says "
            + "how)";
    }
}
