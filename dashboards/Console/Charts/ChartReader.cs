using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>Asks the view for a meter's points and makes lines of them.</summary>
/// <param name="view">What is asked.</param>
public sealed class ChartReader(IOpsView view)
{
    /// <summary>The most lines of one chart; more could not be told apart.</summary>
    public const int LinesMax = 8;

    /// <summary>Lines of a meter, those with the greatest newest value first, and how many more there are.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="resourceId">One resource, or null for all.</param>
    /// <param name="range">How far back.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">The viewer's zone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(ChartQuestion Question, int Hidden)> ReadAsync(
        MeterView meter, string? resourceId, ChartRange range, DateTimeOffset now, TimeZoneInfo zone,
        CancellationToken cancellationToken)
    {
        var counter = meter.Type == "cumulative";
        var (from, to) = range.Until(now);
        var answer = await view.RangeAsync(
            new RangeRequest
            {
                Meter = meter.Name,
                ResourceId = resourceId,
                From = counter ? from - range.Every : from,
                To = to,
                Every = range.Every,
                Aggregate = counter ? "last" : "mean",
            },
            cancellationToken);
        var shown = answer
            .Select(one => (one.Series, Points: counter ? RateOfChange.PerSecond(one.Points) : one.Points))
            .Where(one => one.Points.Count > 0)
            .OrderByDescending(one => one.Points[^1].Value)
            .ThenBy(one => one.Series.ResourceId, StringComparer.Ordinal)
            .ToArray();
        var names = SeriesNames.Of([.. shown.Select(one => one.Series)]);
        var lines = shown.Take(LinesMax).Select((one, index) => new ChartSeries(names[index], one.Points, index))
            .ToArray();
        var unit = counter ? meter.Unit + "/s" : meter.Unit;
        return (new ChartQuestion(lines, from, to, unit, range.Gap, zone), Math.Max(0, shown.Length - LinesMax));
    }
}
