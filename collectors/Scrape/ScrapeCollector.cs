using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Scrape;

/// <summary>Scrapes targets that show their metrics in the text of Prometheus or OpenMetrics.</summary>
/// <remarks>
/// Each target has a task of its own, so that one that hangs holds up no other. A scrape is taken whole or not at all:
/// one faulty line and the target is down, as Prometheus has it.
/// </remarks>
public sealed class ScrapeCollector : ICollector, IDisposable
{
    /// <summary>The first scrapes of all targets start within this time.</summary>
    private static readonly TimeSpan SpreadMax = TimeSpan.FromSeconds(2);

    /// <summary>Targets that the status names.</summary>
    private const int NamedMax = 5;

    private readonly ScrapeTally _tally = new();
    private readonly TargetLoop[] _targets;
    private readonly TimeSpan[] _firsts;

    /// <summary>A collector of these targets.</summary>
    /// <param name="options">What is scraped.</param>
    /// <param name="outlets">Where samples and observations go.</param>
    public ScrapeCollector(ScrapeOptions options, CollectorOutlets outlets)
    {
        var log = new TroubleLog(outlets.Report);
        _targets = [.. options.Targets.Select(target => new TargetLoop(target, options, outlets, log, _tally))];
        _firsts = [.. options.Targets.Select(target => FirstOf(target, options.Targets.Count))];
    }

    /// <inheritdoc/>
    public string Name => "scrape";

    /// <summary>What it did so far.</summary>
    public ScrapeCounts Counts => _tally.Snapshot();

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        var loops = _targets.Select((target, i) => target.RunAsync(_firsts[i], cancellationToken)).ToList();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public PartView Status()
    {
        var down = _targets.Where(target => target.Problem is not null).ToList();
        var counts = Counts;
        var detail = $"{_targets.Length - down.Count} of {_targets.Length} targets up: {counts.Samples} samples of "
            + $"{_targets.Sum(target => target.SeriesCount)} series";
        detail += down.Count > 0
            ? "; down: " + string.Join(", ", down.Take(NamedMax).Select(target => $"{target.Name} ({target.Problem})"))
                + (down.Count > NamedMax ? $" and {down.Count - NamedMax} more" : "")
            : "";
        detail += counts.Vanished > 0 ? $"; {counts.Vanished} series vanished" : "";
        detail += counts.Dropped > 0 ? $"; {counts.Dropped} samples dropped" : "";
        detail += counts.Overruns > 0 ? $"; {counts.Overruns} scrapes left out, the one before still ran" : "";
        detail += counts.Lost > 0 ? $"; the samples of {counts.Lost} scrapes were not taken" : "";
        return new PartView(Name, down.Count == 0, detail, Essential: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var target in _targets)
        {
            target.Dispose();
        }
    }

    private static TimeSpan FirstOf(ScrapeTarget target, int targets) => targets == 1
        ? TimeSpan.Zero
        : DueTimes.Scatter(
            target.Url.ToString(), target.Interval / 4 < SpreadMax ? target.Interval / 4 : SpreadMax);
}
