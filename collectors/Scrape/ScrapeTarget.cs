namespace Ops.Collectors.Scrape;

/// <summary>Something that shows its metrics over HTTP in the text of Prometheus or of OpenMetrics.</summary>
/// <param name="Url">Where; http or https.</param>
public sealed record ScrapeTarget(Uri Url)
{
    /// <summary><c>name</c>: the name for people, in the log, and as label <c>job</c>; default host and port.</summary>
    public string Name { get; init; } = HostAndPort(Url);

    /// <summary><c>interval</c>: how often; default that of all targets, 1 s to 1 d.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary><c>timeout</c>: how long one scrape may take, body included; default 10 s, at most the interval.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>headers</c> and <c>bearer</c>: go with every request; default none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary><c>tls_verify</c>: whether the certificate must be valid; default true.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary><c>keep</c>: patterns of the metrics that are kept; default all.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary><c>drop</c>: patterns of metrics that are dropped of those; default none.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary><c>labels</c>: added to every series; a label of the same name becomes <c>exported_NAME</c>; default
    /// none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The resource of series without a label <c>instance</c>: <c>labels.instance</c>, else host and port.
    /// </summary>
    public string Instance =>
        Labels.FirstOrDefault(label => label.Key == "instance").Value ?? HostAndPort(Url);

    /// <summary>The id of its entity, which is its instance unless several targets share one.</summary>
    public string EntityId
    {
        get => field ?? Instance;
        init;
    }

    private static string HostAndPort(Uri url) => FormattableString.Invariant($"{url.Host}:{url.Port}");
}
