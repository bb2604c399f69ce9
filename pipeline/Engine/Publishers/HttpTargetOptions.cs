namespace Ops.Pipeline.Publishers;

/// <summary>What the parameters of an <c>http(s)://</c> publisher say.</summary>
internal sealed class HttpTargetOptions
{
    /// <summary>Where to post, without user, password and our own parameters.</summary>
    public required Uri Place { get; init; }

    /// <summary>How long one request may take; <c>timeout</c> in seconds, default 5, up to 3600.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether a batch is one request with a JSON array (<c>batch</c>, default true) or a request a
    /// sample.</summary>
    public required bool IsBatch { get; init; }

    /// <summary>Whether the server's certificate is verified (<c>verify_ssl</c>, default true).</summary>
    public required bool VerifiesCertificate { get; init; }

    /// <summary>A PEM file of the authorities to trust (<c>verify_ssl=/path</c>), or null for the machine's
    /// own.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary><c>user:password</c> of basic authentication, or null.</summary>
    public string? Credentials { get; init; }

    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    public static HttpTargetOptions From(PublisherAddress address)
    {
        var timeout = address.TakeSeconds("timeout", TimeSpan.FromSeconds(5));
        var isBatch = address.TakeBool("batch", true);
        address.Take("raw_only");
        address.Take("poolsize");
        var verify = address.Take("verify_ssl") ?? "true";
        var own = string.Join('&', address.Parameters.Select(pair =>
            $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var text = $"{address.Scheme}://{address.Place}{(own.Length > 0 ? "?" : "")}{own}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var place) || place.Host.Length == 0)
        {
            throw new FormatException("it names no host");
        }

        var isWord = verify.ToLowerInvariant() is "true" or "false" or "";
        return new HttpTargetOptions
        {
            Place = new UriBuilder(place) { UserName = "", Password = "" }.Uri,
            Timeout = timeout,
            IsBatch = isBatch,
            VerifiesCertificate = !verify.Equals("false", StringComparison.OrdinalIgnoreCase),
            AuthorityFile = isWord ? null : verify,
            Credentials = place.UserInfo.Length > 0 ? Uri.UnescapeDataString(place.UserInfo) : null,
        };
    }
}
