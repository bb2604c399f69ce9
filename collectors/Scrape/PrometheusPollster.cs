using System.Collections.Concurrent;
using Ops.Collectors.Polling;

namespace Ops.Collectors.Scrape;

/// <summary>Scrapes the resources <c>prometheus://host:port/path</c> of a polling source (or
/// <c>prometheus+https://</c>): the meter <c>prometheus</c> selects it.</summary>
/// <remarks>All samples bear the round's time. An address that cannot be one is given up for good.</remarks>
public sealed class PrometheusPollster : IPollster, IDisposable
{
    /// <summary>Resources scraped at a time.</summary>
    private const int ParallelMax = 8;

    /// <summary>Resources whose series are remembered; past it all are forgotten, which costs only time.</summary>
    private const int TargetsMax = 1000;

    private readonly ScrapeOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ConcurrentDictionary<string, (ScrapeTarget Target, TargetFetch Fetch)> _targets = [];

    /// <summary>A pollster.</summary>
    /// <param name="options">Limits; its targets do not matter.</param>
    /// <param name="time">The clock.</param>
    /// <param name="timeout">How long one resource may take; default 10 s.</param>
    public PrometheusPollster(ScrapeOptions options, TimeProvider time, TimeSpan? timeout = null) =>
        (_options, _time, _timeout) = (options, time, timeout ?? TimeSpan.FromSeconds(10));

    /// <inheritdoc/>
    public string Name => "prometheus";

    /// <summary>None: a source names its resources or discoveries.</summary>
    public string DefaultDiscovery => "";

    /// <inheritdoc/>
    public async Task PollAsync(
        PollRound round, IReadOnlyList<PollResource> resources, CancellationToken cancellationToken)
    {
        if (_targets.Count > TargetsMax)
        {
            Dispose();
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            resources, parallel, async (resource, token) => await ScrapeAsync(round, resource, token)
                .ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Closes its connections; it may be used again.</summary>
    public void Dispose()
    {
        foreach (var key in _targets.Keys)
        {
            if (_targets.TryRemove(key, out var known))
            {
                known.Fetch.Dispose();
            }
        }
    }

    /// <summary>The address that a resource stands for; null when it is none.</summary>
    internal static Uri? UrlOf(string key)
    {
        var address = key.StartsWith("prometheus://", StringComparison.Ordinal) ? "http" + key["prometheus".Length..]
            : key.StartsWith("prometheus+https://", StringComparison.Ordinal) ? key["prometheus+".Length..]
            : "";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.UserInfo.Length > 0)
        {
            return null;
        }

        return url is { AbsolutePath: "/", Query: "" } ? new Uri(url, "/metrics") : url;
    }

    private async Task ScrapeAsync(PollRound round, PollResource resource, CancellationToken cancellationToken)
    {
        if (UrlOf(resource.Key) is not { } url)
        {
            round.FailPermanently(resource);
            return;
        }

        var (target, fetch) = _targets.GetOrAdd(resource.Key, _ =>
        {
            var target = new ScrapeTarget(url) { Timeout = _timeout };
            return (target, new TargetFetch(target, _options, _time));
        });
        var problem = await fetch.ScrapeAsync(cancellationToken).ConfigureAwait(false);
        round.Observe(TargetMeters.Observe(target, round.At, problem));
        round.Add(new PolledSample("up", Model.MeterKind.Gauge, "", target.EntityId, problem is null ? 1 : 0)
        {
            ResourceType = TargetSeries.EntityType, ResourceName = target.Name,
        });
        if (problem is not null)
        {
            round.FailPassing(resource, problem);
            return;
        }

        foreach (var (series, value, _) in fetch.Series.Points)
        {
            round.Add(new PolledSample(series.Name, series.Context.Kind, series.Context.Unit, series.ResourceId, value)
            {
                Dimensions = series.Labels,
                ResourceType = series.Context.ResourceType,
                ResourceName = series.Context.ResourceName,
                Metadata = series.Context.Metadata,
            });
        }
    }
}
