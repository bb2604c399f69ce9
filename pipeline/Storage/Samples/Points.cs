namespace Ops.Storage.Samples;

/// <summary>The points of one series, oldest first, one per time.</summary>
internal sealed class Points
{
    /// <summary>No points.</summary>
    public static readonly Points None = new();

    private long[] _timesNs = [];
    private double[] _values = [];
    private bool _isSettled = true;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Nanoseconds since the epoch, rising.</summary>
    public ReadOnlySpan<long> TimesNs => _timesNs.AsSpan(0, Count);

    /// <summary>Values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Appends a point in order of writing; <see cref="Settle"/> must follow.</summary>
    public void Add(long timeNs, double value)
    {
        if (Count == _timesNs.Length)
        {
            var room = Math.Max(16, Count * 2);
            Array.Resize(ref _timesNs, room);
            Array.Resize(ref _values, room);
        }

        _isSettled &= Count == 0 || timeNs > _timesNs[Count - 1];
        _timesNs[Count] = timeNs;
        _values[Count] = value;
        Count++;
    }

    /// <summary>Sorts by time; of points at the same time the last written stays.</summary>
    public void Settle()
    {
        if (_isSettled)
        {
            return;
        }

        var order = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            order[i] = i;
        }

        var times = _timesNs;
        Array.Sort(order, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        var (sortedTimes, sortedValues, kept) = (new long[Count], new double[Count], 0);
        foreach (var i in order)
        {
            if (kept > 0 && sortedTimes[kept - 1] == _timesNs[i])
            {
                kept--;
            }

            sortedTimes[kept] = _timesNs[i];
            sortedValues[kept++] = _values[i];
        }

        (_timesNs, _values, Count, _isSettled) = (sortedTimes, sortedValues, kept, true);
    }

    /// <summary>The points of several series in order of time; each series' own order is kept among equal
    /// times.</summary>
    public static Points Merge(IReadOnlyList<Points> parts)
    {
        var filled = parts.Where(part => part.Count > 0).ToList();
        if (filled.Count <= 1)
        {
            return filled.Count == 0 ? None : filled[0];
        }

        var total = filled.Sum(part => part.Count);
        var (times, values, at) = (new long[total], new double[total], 0);
        foreach (var part in filled)
        {
            part.TimesNs.CopyTo(times.AsSpan(at));
            part.Values.CopyTo(values.AsSpan(at));
            at += part.Count;
        }

        var order = new int[total];
        for (var i = 0; i < total; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => times[a] != times[b] ? times[a].CompareTo(times[b]) : a.CompareTo(b));
        return new Points
        {
            _timesNs = Array.ConvertAll(order, i => times[i]),
            _values = Array.ConvertAll(order, i => values[i]),
            Count = total,
        };
    }
}
