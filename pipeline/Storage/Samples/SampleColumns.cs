using Ops.Model;

namespace Ops.Storage.Samples;

/// <summary>Samples as columns: the stored series, the time and the value of each.</summary>
internal sealed class SampleColumns
{
    /// <summary>How many samples it has room for.</summary>
    public const int Capacity = 16_384;

    private readonly int[] _series = new int[Capacity];
    private readonly long[] _timesNs = new long[Capacity];
    private readonly double[] _values = new double[Capacity];

    /// <summary>How many samples it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is no room left.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>Stored series ids.</summary>
    public ReadOnlySpan<int> Series => _series.AsSpan(0, Count);

    /// <summary>Nanoseconds since the epoch.</summary>
    public ReadOnlySpan<long> TimesNs => _timesNs.AsSpan(0, Count);

    /// <summary>Values.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Appends one sample; there must be room.</summary>
    public void Add(int series, in Sample sample)
    {
        var at = Count;
        _series[at] = series;
        _timesNs[at] = sample.TimestampNs;
        _values[at] = sample.Volume;
        Count = at + 1;
    }

    /// <summary>Forgets the samples and keeps the room.</summary>
    public void Clear() => Count = 0;
}
