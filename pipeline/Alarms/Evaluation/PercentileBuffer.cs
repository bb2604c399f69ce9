namespace Ops.Alarms.Evaluation;

/// <summary>The values of a window for a percentile.</summary>
/// <remarks>Beyond <see cref="ValuesMax"/> values it keeps a uniform sample of them, drawn from a fixed seed.</remarks>
internal sealed class PercentileBuffer
{
    public const int ValuesMax = 10_000;

    private double[] _values = new double[16];
    private int _kept;
    private long _seen;
    private Random _random = new(1);

    public void Clear()
    {
        if (_seen > ValuesMax)
        {
            _random = new Random(1);
        }

        (_kept, _seen) = (0, 0);
    }

    public void Add(double value)
    {
        _seen++;
        if (_kept < ValuesMax)
        {
            if (_kept == _values.Length)
            {
                Array.Resize(ref _values, Math.Min(ValuesMax, _values.Length * 2));
            }

            _values[_kept++] = value;
        }
        else if (_random.NextInt64(_seen) is var place && place < ValuesMax)
        {
            _values[place] = value;
        }
    }

    /// <summary>
    /// The value below which <paramref name="rank"/> percent lie, by linear interpolation. Sorts the values.
    /// </summary>
    public double Value(int rank)
    {
        if (_kept == 0)
        {
            return double.NaN;
        }

        Array.Sort(_values, 0, _kept);
        var place = (_kept - 1) * (rank / 100.0);
        var below = (int)place;
        var above = Math.Min(below + 1, _kept - 1);
        return _values[below] + ((_values[above] - _values[below]) * (place - below));
    }
}
