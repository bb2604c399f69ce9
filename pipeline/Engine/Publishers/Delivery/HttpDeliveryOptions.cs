namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>Where bodies are posted to, and how.</summary>
internal sealed record HttpDeliveryOptions
{
    /// <summary>The whole address, without user and password.</summary>
    public required Uri Place { get; init; }

    /// <summary>How long one request may take (<c>timeout</c> in seconds); default 10 s, up to 3600.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The body's content type.</summary>
    public required string ContentType { get; init; }

    /// <summary>What the body is packed with before it gets here, such as <c>snappy</c>; null for nothing.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Whether bodies are compressed here (<c>gzip</c>); default false.</summary>
    public bool IsGzip { get; init; }

    /// <summary>Scheme and value of the header Authorization, or null.</summary>
    public (string Scheme, string Value)? Authorization { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether the server's certificate is verified (<c>verify_ssl</c>); default true.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary>A PEM file of the authorities to trust (<c>verify_ssl=/path</c>); null for the machine's own.</summary>
    public string? AuthorityFile { get; init; }
}
