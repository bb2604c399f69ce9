using Ops.Alarms.Rules;
using Ops.Model;

namespace Ops.Alarms.Evaluation;

/// <summary>Turns the samples of a window into one value as they come. Mutable; keep it in a field.</summary>
/// <remarks>
/// The rate is the growth per second from the newest sample before the window to the newest in it. Of a cumulative
/// meter that fell, the new value is the growth: it was restarted. Of a delta meter, the volume is the growth.
/// </remarks>
internal struct WindowAccumulator
{
    private const double NsPerSecond = 1e9;

    private readonly Statistic _statistic;
    private readonly PercentileBuffer? _values;
    private long _count;
    private double _sum;
    private double _min;
    private double _max;
    private double _last;
    private long _lastNs;
    private double _growth;
    private long _growthFromNs;
    private bool _hasLast;

    public WindowAccumulator(Statistic statistic)
    {
        _statistic = statistic;
        _values = statistic.Kind == StatisticKind.Percentile ? new PercentileBuffer() : null;
    }

    /// <summary>The time of the newest sample so far, windows before included.</summary>
    public readonly long LastNs => _hasLast ? _lastNs : long.MinValue;

    /// <summary>Starts the next window. The newest sample stays as what a rate starts from.</summary>
    public void Open()
    {
        (_count, _sum, _min, _max) = (0, 0, double.PositiveInfinity, double.NegativeInfinity);
        (_growth, _growthFromNs) = (0, _lastNs);
        _values?.Clear();
    }

    public void Add(long timestampNs, double value, MeterKind kind)
    {
        _count++;
        _sum += value;
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        _values?.Add(value);
        if (!_hasLast)
        {
            (_hasLast, _growthFromNs) = (true, timestampNs);
        }
        else if (timestampNs < _lastNs)
        {
            return;
        }
        else
        {
            _growth += kind switch
            {
                MeterKind.Delta => value,
                MeterKind.Cumulative when value < _last => value,
                _ => value - _last,
            };
        }

        (_last, _lastNs) = (value, timestampNs);
    }

    /// <summary>The window's value; NaN where there is none, as for the rate of a single first sample.</summary>
    public readonly double Value() => _count == 0 ? double.NaN : _statistic.Kind switch
    {
        StatisticKind.Mean => _sum / _count,
        StatisticKind.Min => _min,
        StatisticKind.Max => _max,
        StatisticKind.Sum => _sum,
        StatisticKind.Count => _count,
        StatisticKind.Last => _last,
        StatisticKind.Rate => _lastNs > _growthFromNs ? _growth * NsPerSecond / (_lastNs - _growthFromNs) : double.NaN,
        _ => _values!.Value(_statistic.Rank),
    };
}
