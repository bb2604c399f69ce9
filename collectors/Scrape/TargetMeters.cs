using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>What is said of a target itself: the meters <c>up</c> and <c>scrape_*</c>, and its entity.</summary>
internal sealed class TargetMeters
{
    private readonly ScrapeTarget _target;
    private readonly SampleContext _count;
    private readonly SampleContext _seconds;
    private readonly Series _up;
    private readonly Series _duration;
    private readonly Series _scraped;
    private readonly Series _added;
    private readonly Series _vanished;

    public TargetMeters(ScrapeTarget target, SeriesCatalog catalog)
    {
        _target = target;
        var labels = Tags.From(target.Labels
            .Append(KeyValuePair.Create("instance", target.Instance))
            .Append(KeyValuePair.Create("job", target.Name)));
        var metadata = labels.ToDictionary(label => label.Key, label => (object?)label.Value);
        _count = Context("", metadata);
        _seconds = Context("s", metadata);
        _up = catalog.Intern("up", target.EntityId, labels);
        _duration = catalog.Intern("scrape_duration_seconds", target.EntityId, labels);
        _scraped = catalog.Intern("scrape_samples_scraped", target.EntityId, labels);
        _added = catalog.Intern("scrape_series_added", target.EntityId, labels);
        _vanished = catalog.Intern("scrape_series_vanished", target.EntityId, labels);
    }

    /// <summary>Adds the samples of one scrape.</summary>
    public void Add(SampleOutbox outbox, long timestampNs, bool isUp, TimeSpan taken, TargetSeries series)
    {
        outbox.Add(new Sample(_up, _count, timestampNs, isUp ? 1 : 0));
        outbox.Add(new Sample(_duration, _seconds, timestampNs, taken.TotalSeconds));
        outbox.Add(new Sample(_scraped, _count, timestampNs, series.Scraped));
        outbox.Add(new Sample(_added, _count, timestampNs, series.Added));
        outbox.Add(new Sample(_vanished, _count, timestampNs, series.Vanished));
    }

    /// <summary>The target as an entity: state UP or DOWN, and why.</summary>
    public Observation Observe(DateTimeOffset at, string? problem) => Observe(_target, at, problem);

    /// <summary>A target as an entity.</summary>
    public static Observation Observe(ScrapeTarget target, DateTimeOffset at, string? problem) => new()
    {
        Entity = new EntityRef(TargetSeries.EntityType, target.EntityId),
        Name = target.Name,
        State = problem is null ? "UP" : "DOWN",
        Properties = new Dictionary<string, object?>
        {
            ["url"] = target.Url.GetLeftPart(UriPartial.Path),
            ["instance"] = target.Instance,
            ["reason"] = problem,
        },
        At = at,
        Datasource = "prometheus",
    };

    private SampleContext Context(string unit, Dictionary<string, object?> metadata) => new()
    {
        Unit = unit,
        Source = "prometheus",
        ResourceType = TargetSeries.EntityType,
        ResourceName = _target.Name,
        Metadata = metadata,
    };
}
