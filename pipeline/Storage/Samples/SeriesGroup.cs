namespace Ops.Storage.Samples;

/// <summary>Series that share a meter or a measurement; it only grows. One writer, any number of readers.</summary>
internal sealed class SeriesGroup
{
    private volatile StoredSeries[] _items = new StoredSeries[4];
    private volatile int _count;

    /// <summary>The series so far, in order of first sight.</summary>
    public ReadOnlySpan<StoredSeries> Items
    {
        get
        {
            // The count first: the array that is read after it holds at least as many.
            var count = _count;
            return _items.AsSpan(0, count);
        }
    }

    /// <summary>Appends a series.</summary>
    public void Add(StoredSeries series)
    {
        if (_count == _items.Length)
        {
            var larger = new StoredSeries[_count * 2];
            _items.CopyTo(larger, 0);
            _items = larger;
        }

        _items[_count] = series;
        _count++;
    }
}
