namespace Ops.Collectors.Datasources;

/// <summary>How a datasource is asked: one of service, address and command is given.</summary>
internal sealed record Reach
{
    /// <summary>The type of a cloud's service.</summary>
    public string? Service { get; init; }

    /// <summary>The path from the service's endpoint, or a whole address without a service.</summary>
    public string Path { get; init; } = "";

    /// <summary>A program with its arguments; no shell unless the program is one.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>User and password of HTTP basic authentication, or null.</summary>
    public (string User, string Password)? Basic { get; init; }

    /// <summary>How long a request may take; default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>json</c>, <c>xml</c>, <c>text</c>, tried in this order.</summary>
    public IReadOnlyList<string> Handlers { get; init; } = ["json"];

    /// <summary>Whether what is not there (404, or a service that the cloud lacks) lists nothing, without a fault.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether the answer's headers, in lower case, are the one entry; only with a service.</summary>
    public bool TakesHeaders { get; init; }

    /// <summary>The discovery that finds what to ask.</summary>
    public string Discovery(string name) => Service is not null ? $"endpoint://{Service}"
        : Command.Count > 0 ? $"datasource_local://{name}" : $"datasource://{name}";
}
