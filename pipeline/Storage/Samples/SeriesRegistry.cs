using System.Collections.Concurrent;
using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>All series of the store, found by runtime id, stored id, meter and measurement.</summary>
/// <remarks>Adding and changing happen under the buffer's lock; the groups may be read without it.</remarks>
internal sealed class SeriesRegistry
{
    private readonly ConcurrentDictionary<string, SeriesGroup> _byMeter = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SeriesGroup> _byMeasurement = new(StringComparer.Ordinal);
    private readonly SeriesGroup _all = new();
    private StoredSeries?[] _byRuntimeId = new StoredSeries?[256];
    private List<StoredSeries> _dirty = [];
    private int _nextId = 1;

    /// <summary>How many series there are.</summary>
    public int Count => _all.Items.Length;

    /// <summary>All series.</summary>
    public ReadOnlySpan<StoredSeries> All => _all.Items;

    /// <summary>Whether any series has to be written.</summary>
    public bool HasDirty => _dirty.Count > 0;

    /// <summary>The meters, in no order.</summary>
    public IEnumerable<KeyValuePair<string, SeriesGroup>> Meters => _byMeter;

    /// <summary>The measurements, in no order.</summary>
    public IEnumerable<KeyValuePair<string, SeriesGroup>> Measurements => _byMeasurement;

    /// <summary>The series of a meter.</summary>
    public ReadOnlySpan<StoredSeries> OfMeter(string meter) =>
        _byMeter.TryGetValue(meter, out var group) ? group.Items : [];

    /// <summary>The series of a measurement.</summary>
    public ReadOnlySpan<StoredSeries> OfMeasurement(string measurement) =>
        _byMeasurement.TryGetValue(measurement, out var group) ? group.Items : [];

    /// <summary>The stored series of a sample, made at first sight, with the sample's context.</summary>
    public StoredSeries Of(Series series, SampleContext context)
    {
        var id = series.Id;
        if (id < _byRuntimeId.Length && _byRuntimeId[id] is { } known)
        {
            if (!ReferenceEquals(known.Context, context))
            {
                Update(known, context);
            }

            return known;
        }

        var added = Restore(_nextId, series, context);
        MarkDirty(added);
        return added;
    }

    /// <summary>Puts back a series that is on disk already.</summary>
    public StoredSeries Restore(int storedId, Series series, SampleContext context)
    {
        var stored = new StoredSeries(storedId, series, context);
        if (series.Id >= _byRuntimeId.Length)
        {
            Array.Resize(ref _byRuntimeId, Math.Max(series.Id + 1, _byRuntimeId.Length * 2));
        }

        _byRuntimeId[series.Id] = stored;
        _nextId = Math.Max(_nextId, storedId + 1);
        _all.Add(stored);
        _byMeter.GetOrAdd(series.Meter, _ => new SeriesGroup()).Add(stored);
        _byMeasurement.GetOrAdd(series.Measurement, _ => new SeriesGroup()).Add(stored);
        return stored;
    }

    /// <summary>Takes the series whose rows have to be written.</summary>
    public List<StoredSeries> TakeDirty()
    {
        var taken = _dirty;
        foreach (var series in taken)
        {
            series.IsDirty = false;
        }

        _dirty = [];
        return taken;
    }

    /// <summary>Marks a series whose row has to be written (again).</summary>
    public void MarkDirty(StoredSeries series)
    {
        if (!series.IsDirty)
        {
            series.IsDirty = true;
            _dirty.Add(series);
        }
    }

    /// <summary>Forgets the newest sample of series whose samples have all been deleted.</summary>
    public void Expire(long beforeNs, int beforeHour)
    {
        foreach (var series in _all.Items)
        {
            if (series.HasSamples && series.LastNs < beforeNs && series.WrittenHour < beforeHour)
            {
                series.LastNs = long.MinValue;
            }
        }
    }

    private void Update(StoredSeries series, SampleContext context)
    {
        var same = SampleContexts.Same(series.Context, context);
        series.Context = context;
        if (!same)
        {
            MarkDirty(series);
        }
    }
}
