namespace Ops.Collectors.HttpChecks;

/// <summary>A web address that is asked now and then, and what its answer must be.</summary>
/// <param name="Name">Its name, unique; also the id of its entity.</param>
/// <param name="Url">Where; http or https.</param>
public sealed record HttpCheck(string Name, Uri Url)
{
    /// <summary><c>method</c>: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS; default GET.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary><c>headers</c>: go with the request; default none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary><c>body</c>: goes with the request; default none.</summary>
    public string? Body { get; init; }

    /// <summary><c>expect</c>: when the answer is good.</summary>
    public HttpExpectation Expect { get; init; } = new();

    /// <summary><c>interval</c>: how often; default 30 s, 1 s to 1 d.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>timeout</c>: how long the answer may take, body included; default 10 s, at most the interval.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>tls_verify</c>: whether the certificate must be valid; default true.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary><c>follow_redirects</c>: whether up to 5 redirections are followed; default true.</summary>
    public bool FollowsRedirections { get; init; } = true;
}
