using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>Answers about meters and series, and range queries.</summary>
internal static class MeterQueries
{
    /// <summary>The most buckets that one series' answer holds.</summary>
    public const int BucketsMax = 100_000;

    /// <summary>The aggregates of a range query.</summary>
    public static readonly string[] Aggregates = ["mean", "min", "max", "sum", "count", "last", "first"];

    /// <summary>The meters that have samples, by name.</summary>
    public static IReadOnlyList<MeterView> Meters(SeriesRegistry registry)
    {
        var views = new List<MeterView>();
        foreach (var (meter, group) in registry.Meters)
        {
            var resources = new HashSet<string>(StringComparer.Ordinal);
            StoredSeries? newest = null;
            foreach (var series in group.Items)
            {
                if (series.HasSamples)
                {
                    resources.Add(series.Series.ResourceId);
                    newest = newest is null || series.LastNs > newest.LastNs ? series : newest;
                }
            }

            if (newest is not null)
            {
                views.Add(new MeterView(meter, newest.Context.Kind.Word(), newest.Context.Unit, resources.Count));
            }
        }

        views.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return views;
    }

    /// <summary>The series that have samples, by meter, resource and dimensions.</summary>
    public static IReadOnlyList<SeriesView> Series(SeriesRegistry registry, string? meter, string? resourceId) =>
        [.. Select(registry, meter, resourceId).Select(View)];

    /// <summary>The points of the series that a request means.</summary>
    public static async Task<IReadOnlyList<SeriesPointsView>> RangeAsync(
        SeriesRegistry registry, PointReader reader, RangeRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var chosen = Select(registry, request.Meter, request.ResourceId).Take(request.SeriesMax).ToList();
        var (from, to) = (request.From.ToUnixNs(), request.To.ToUnixNs() - 1);
        var points = await reader.ReadAsync([.. chosen.Select(series => series.Id)], from, to, cancellationToken);
        return [.. chosen
            .Where(series => points[series.Id].Count > 0)
            .Select(series => new SeriesPointsView(View(series), Reduce(points[series.Id], request)))];
    }

    private static List<StoredSeries> Select(SeriesRegistry registry, string? meter, string? resourceId)
    {
        var chosen = new List<StoredSeries>();
        foreach (var series in meter is null ? registry.All : registry.OfMeter(meter))
        {
            if (series.HasSamples && (resourceId is null || series.Series.ResourceId == resourceId))
            {
                chosen.Add(series);
            }
        }

        return [.. chosen
            .OrderBy(series => series.Series.Meter, StringComparer.Ordinal)
            .ThenBy(series => series.Series.ResourceId, StringComparer.Ordinal)
            .ThenBy(series => series.Series.Dimensions.ToString(), StringComparer.Ordinal)];
    }

    private static SeriesView View(StoredSeries stored)
    {
        var (series, context) = (stored.Series, stored.Context);
        var dimensions = series.Dimensions.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        return new SeriesView(
            series.Meter, series.ResourceId, context.ResourceType, context.ResourceName, context.Unit, dimensions,
            stored.HasSamples ? stored.LastValue : null,
            stored.HasSamples ? Timestamps.FromUnixNs(stored.LastNs) : null);
    }

    private static void Check(RangeRequest request)
    {
        if (!Aggregates.Contains(request.Aggregate))
        {
            throw new ArgumentException(
                $"aggregate must be one of {string.Join(", ", Aggregates)}, found '{request.Aggregate}'"
                + NearestName.Hint(request.Aggregate, Aggregates));
        }

        if (request.Every is not { } every)
        {
            return;
        }

        if (every <= TimeSpan.Zero)
        {
            throw new ArgumentException($"the width of a bucket must be above zero, found {every}");
        }

        QueryLimitException.ThrowIfAbove("buckets", (long)((request.To - request.From) / every), BucketsMax);
    }

    private static IReadOnlyList<PointView> Reduce(Points points, RangeRequest request)
    {
        var times = points.TimesNs;
        var values = points.Values;
        var reduced = new List<PointView>();
        if (request.Every is not { } every)
        {
            for (var i = 0; i < times.Length; i++)
            {
                reduced.Add(new PointView(Timestamps.FromUnixNs(times[i]), values[i]));
            }

            return reduced;
        }

        var width = every.Ticks * 100;
        for (int from = 0, to; from < times.Length; from = to)
        {
            var start = times[from] - Modulo(times[from], width);
            for (to = from + 1; to < times.Length && times[to] - start < width; to++)
            {
            }

            reduced.Add(new PointView(Timestamps.FromUnixNs(start), Aggregate(values[from..to], request.Aggregate)));
        }

        return reduced;
    }

    private static double Aggregate(ReadOnlySpan<double> values, string how)
    {
        switch (how)
        {
            case "first": return values[0];
            case "last": return values[^1];
            case "count": return values.Length;
        }

        var (sum, min, max) = (0.0, values[0], values[0]);
        foreach (var value in values)
        {
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        return how switch { "sum" => sum, "min" => min, "max" => max, _ => sum / values.Length };
    }

    private static long Modulo(long value, long width) => ((value % width) + width) % width;
}
