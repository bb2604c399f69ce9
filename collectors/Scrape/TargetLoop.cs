using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>Scrapes one target at its interval and hands over what it shows, and whether it answers at all.</summary>
internal sealed class TargetLoop : IDisposable
{
    private readonly ScrapeTarget _target;
    private readonly ScrapeOptions _options;
    private readonly CollectorOutlets _outlets;
    private readonly TroubleLog _log;
    private readonly ScrapeTally _tally;
    private readonly TargetFetch _fetch;
    private readonly TargetMeters _meters;
    private readonly SampleOutbox _outbox = new();
    private (bool IsUp, string? Problem)? _told;
    private volatile string? _problem = "not scraped yet";

    public TargetLoop(
        ScrapeTarget target, ScrapeOptions options, CollectorOutlets outlets, TroubleLog log, ScrapeTally tally)
    {
        (_target, _options, _outlets, _log, _tally) = (target, options, outlets, log, tally);
        _fetch = new TargetFetch(target, options, outlets.Time);
        _meters = new TargetMeters(target, outlets.Catalog);
    }

    /// <summary>What went wrong at the newest scrape; null when nothing did.</summary>
    public string? Problem => _problem;

    /// <summary>The target's name.</summary>
    public string Name => _target.Name;

    /// <summary>Series that are remembered.</summary>
    public int SeriesCount => _fetch.Series.Count;

    /// <summary>Scrapes until cancelled.</summary>
    public async Task RunAsync(TimeSpan first, CancellationToken cancellationToken)
    {
        var due = new DueTimes(_outlets.Time, _target.Interval, first);
        while (true)
        {
            _tally.Miss(due.Skip());
            await due.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await ScrapeAsync(cancellationToken).ConfigureAwait(false);
                _log.Heal($"delivery {_target.Name}", $"scrape: what '{_target.Name}' shows is taken again");
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                _tally.Lose();
                _log.Say(
                    $"delivery {_target.Name}", $"scrape: what '{_target.Name}' shows is not taken: {fault.Message}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _fetch.Dispose();
        _outbox.Dispose();
    }

    /// <summary>Scrapes once.</summary>
    internal async Task ScrapeAsync(CancellationToken cancellationToken)
    {
        var (at, startedAt) = (_outlets.Time.GetUtcNow(), _outlets.Time.GetTimestamp());
        var problem = await _fetch.ScrapeAsync(cancellationToken).ConfigureAwait(false);
        var taken = _outlets.Time.GetElapsedTime(startedAt);
        _problem = problem;
        Say(problem);
        await ObserveAsync(at, problem, cancellationToken).ConfigureAwait(false);
        Gather(at.ToUnixNs(), startedAt, problem is null, taken);
        _tally.Scrape(problem is null, _fetch.Series);
        _tally.Send(await _outbox.SendAsync(_outlets.Samples, cancellationToken).ConfigureAwait(false));
    }

    private void Say(string? problem)
    {
        if (problem is null)
        {
            _log.Heal(_target.Name, $"scrape: target '{_target.Name}' is up again");
        }
        else
        {
            _log.Say(_target.Name, $"scrape: target '{_target.Name}' ({_target.Url}) is down: {problem}");
        }
    }

    private async Task ObserveAsync(DateTimeOffset at, string? problem, CancellationToken cancellationToken)
    {
        var state = (IsUp: problem is null, problem);
        if (_told == state)
        {
            return;
        }

        await _outlets.Observations.AcceptAsync([_meters.Observe(at, problem)], cancellationToken)
            .ConfigureAwait(false);
        _told = state;
    }

    private void Gather(long timestampNs, long startedAt, bool isUp, TimeSpan taken)
    {
        _outbox.Clear();
        var seconds = startedAt / (double)_outlets.Time.TimestampFrequency;
        var series = _fetch.Series;
        var noRoom = 0;
        foreach (var point in series.Points)
        {
            if (Intern(point.Series) is not { } interned)
            {
                noRoom++;
                continue;
            }

            var (ns, monotonic) = point.TimestampNs is { } own ? (own, double.NaN) : (timestampNs, seconds);
            _outbox.Add(new Sample(interned, point.Series.Context, ns, point.Value, monotonic));
        }

        _meters.Add(_outbox, timestampNs, isUp, taken, series);
        if (noRoom > 0)
        {
            _tally.Drop(noRoom);
            _log.Say(
                "series", $"scrape: there are {_options.SeriesMax} series already; samples of new ones are dropped");
        }
    }

    private Series? Intern(ScrapedSeries series)
    {
        if (series.Series is null)
        {
            var (name, resource, labels) = (series.Name, series.ResourceId, series.Labels);
            var catalog = _outlets.Catalog;
            series.Series = catalog.Find(name, resource, labels, name, "value", null)
                ?? (catalog.Count < _options.SeriesMax ? catalog.Intern(name, resource, labels) : null);
        }

        return series.Series;
    }
}
