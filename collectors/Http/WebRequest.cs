namespace Ops.Collectors.Http;

/// <summary>What is asked of a web server.</summary>
/// <param name="Url">Where; http or https.</param>
internal sealed record WebRequest(Uri Url)
{
    /// <summary>The method; default GET.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Headers for any server.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Headers that may hold secrets: a redirection to another server goes without them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OwnHeaders { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }
}
