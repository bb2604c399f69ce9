using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>A series as the store knows it: its stored id, what was last said of it, and its newest sample.</summary>
/// <remarks>Written under the buffer's lock; read by queries without one, which may see a value one sample
/// old.</remarks>
internal sealed class StoredSeries
{
    private volatile SampleContext _context;
    private Tags? _tags;

    public StoredSeries(int id, Series series, SampleContext context)
    {
        Id = id;
        Series = series;
        _context = context;
    }

    /// <summary>The number in the samples table; stable over restarts.</summary>
    public int Id { get; }

    /// <summary>What is measured.</summary>
    public Series Series { get; }

    /// <summary>Kind, unit, owner and metadata as of the newest sample.</summary>
    public SampleContext Context
    {
        get => _context;
        set
        {
            _context = value;
            _tags = null;
        }
    }

    /// <summary>Whether the context is not yet on disk.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The time of the newest sample; <see cref="long.MinValue"/> when there is none.</summary>
    public long LastNs { get; set; } = long.MinValue;

    /// <summary>The value of the newest sample.</summary>
    public double LastValue { get; set; }

    /// <summary>The hour since the epoch in which a sample was last written.</summary>
    public int WrittenHour { get; set; }

    /// <summary>Whether any of its samples are still kept.</summary>
    public bool HasSamples => LastNs != long.MinValue;

    /// <summary>
    /// Its tags as InfluxQL sees them: the dimensions; for a polled meter also resource_id, resource_name and
    /// project_id.
    /// </summary>
    public Tags Tags => _tags ??= MakeTags();

    private Tags MakeTags()
    {
        if (!IsPolled(Series))
        {
            return Series.Dimensions;
        }

        var context = _context;
        var pairs = new List<KeyValuePair<string, string>> { new("resource_id", Series.ResourceId) };
        if (!string.IsNullOrEmpty(context.ResourceName))
        {
            pairs.Add(new("resource_name", context.ResourceName));
        }

        if (!string.IsNullOrEmpty(context.ProjectId))
        {
            pairs.Add(new("project_id", context.ProjectId));
        }

        pairs.AddRange(Series.Dimensions);
        return Tags.From(pairs);
    }

    // A polled meter is the measurement of its own name and came with no database; a line-protocol point names one.
    private static bool IsPolled(Series series) =>
        series.Database is null && series.Field == "value" && series.Measurement == series.Meter;
}
