using Ops.Model;
using Ops.Storage.InfluxQl.Syntax;
using Ops.Storage.Samples;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Finds strands in the store and reads their points.</summary>
internal sealed class StrandSource(SeriesRegistry registry, PointReader reader)
{
    /// <summary>The most series that one statement touches.</summary>
    public const int SeriesMax = 1_000_000;

    /// <summary>The strands of measurements, ordered by measurement and tags.</summary>
    /// <param name="sources">Which measurements; all when empty.</param>
    /// <param name="database">The request's database; a source that names its own overrides it. Null for all.</param>
    public List<Strand> Find(IReadOnlyCollection<MeasurementSource> sources, string? database)
    {
        var found = new Dictionary<(string, Tags), Strand>();
        var count = 0;
        foreach (var (name, group) in registry.Measurements)
        {
            var source = sources.FirstOrDefault(source => source.Matches(name));
            if (source is null && sources.Count > 0)
            {
                continue;
            }

            foreach (var series in group.Items)
            {
                if (series.HasSamples && IsIn(series.Series, source?.Database ?? database))
                {
                    QueryLimitException.ThrowIfAbove("series", ++count, SeriesMax);
                    Add(found, series);
                }
            }
        }

        return [.. found.Values
            .OrderBy(strand => strand.Measurement, StringComparer.Ordinal)
            .ThenBy(strand => strand.Tags.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The databases that series name.</summary>
    public IReadOnlyCollection<string> Databases()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in registry.All)
        {
            if (series.HasSamples && !string.IsNullOrEmpty(series.Series.Database))
            {
                names.Add(series.Series.Database);
            }
        }

        return names;
    }

    /// <summary>Reads the points of some fields of strands.</summary>
    public async Task LoadAsync(
        IReadOnlyList<Strand> strands, IReadOnlyCollection<string> fields, TimeRange range,
        CancellationToken cancellationToken)
    {
        var wanted = new HashSet<int>();
        foreach (var strand in strands)
        {
            foreach (var field in fields)
            {
                wanted.UnionWith(strand.Stored.GetValueOrDefault(field, []));
            }
        }

        var points = await reader.ReadAsync(wanted, range.FromNs, range.ToNs, cancellationToken);
        foreach (var strand in strands)
        {
            foreach (var field in fields)
            {
                if (strand.Stored.TryGetValue(field, out var ids))
                {
                    strand.Fields[field] = Points.Merge([.. ids.Select(id => points[id])]);
                }
            }
        }
    }

    private static bool IsIn(Series series, string? database) =>
        string.IsNullOrEmpty(database) || string.IsNullOrEmpty(series.Database) || series.Database == database;

    private static void Add(Dictionary<(string, Tags), Strand> found, StoredSeries series)
    {
        var key = (series.Series.Measurement, series.Tags);
        if (!found.TryGetValue(key, out var strand))
        {
            found[key] = strand = new Strand(key.Measurement, key.Tags);
        }

        if (!strand.Stored.TryGetValue(series.Series.Field, out var ids))
        {
            strand.Stored[series.Series.Field] = ids = [];
        }

        ids.Add(series.Id);
    }
}
