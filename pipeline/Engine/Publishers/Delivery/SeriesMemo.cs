using Ops.Model;

namespace Ops.Pipeline.Publishers.Delivery;

/// <summary>Remembers what a publisher worked out for a series, as long as the series' context stays the
/// same.</summary>
/// <remarks>Looked up by the series' number, without hashing. Not safe for concurrent use.</remarks>
/// <typeparam name="T">What is remembered.</typeparam>
/// <param name="make">Works it out.</param>
internal sealed class SeriesMemo<T>(Func<Series, SampleContext, T> make)
    where T : class
{
    /// <summary>How many series are remembered at most; with more, all are forgotten and worked out again.</summary>
    public const int SeriesMax = 2_000_000;

    private Slot[] _slots = [];
    private int _count;

    /// <summary>What stands for a sample's series.</summary>
    public T Of(in Sample sample)
    {
        var id = sample.Series.Id;
        if ((uint)id < (uint)_slots.Length)
        {
            ref var slot = ref _slots[id];
            if (ReferenceEquals(slot.Context, sample.Context) && ReferenceEquals(slot.Series, sample.Series))
            {
                return slot.Value!;
            }
        }

        return Meet(sample);
    }

    private T Meet(in Sample sample)
    {
        var id = sample.Series.Id;
        if (_count >= SeriesMax)
        {
            Array.Clear(_slots);
            _count = 0;
        }

        if (id >= _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(id + 1, Math.Max(256, _slots.Length * 2)));
        }

        _count += _slots[id].Value is null ? 1 : 0;
        var value = make(sample.Series, sample.Context);
        _slots[id] = new Slot(sample.Series, sample.Context, value);
        return value;
    }

    private record struct Slot(Series? Series, SampleContext? Context, T? Value);
}
