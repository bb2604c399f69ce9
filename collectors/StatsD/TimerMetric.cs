using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>Describes values by count, rate, sum, mean, least, greatest and percentiles.</summary>
/// <remarks>
/// Percentiles are by nearest rank over at most <see cref="KeptMax"/> values; of more, a random choice in which each is
/// equally likely (Vitter's algorithm R). A sample rate counts for count, rate and sum.
/// </remarks>
internal sealed class TimerMetric : StatsdMetric
{
    /// <summary>The most values that are kept for percentiles.</summary>
    public const int KeptMax = 10_000;

    private readonly MetricPart _count;
    private readonly MetricPart _rate;
    private readonly MetricPart _sum;
    private readonly MetricPart _mean;
    private readonly MetricPart _least;
    private readonly MetricPart _greatest;
    private readonly (double Percentile, MetricPart Part)[] _percentiles;
    private readonly Random _random = new(1);
    private readonly List<double> _kept = [];
    private long _values;
    private double _countScaled;
    private double _sumScaled;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public TimerMetric(byte[] key, StatsdKind kind, MetricName name, IReadOnlyList<double> percentiles)
        : base(key, kind, name)
    {
        var unit = kind == StatsdKind.Timer ? "ms" : "";
        _count = name.Part("count", MeterKind.Delta, "");
        _rate = name.Part("rate", MeterKind.Gauge, "1/s");
        _sum = name.Part("sum", MeterKind.Delta, unit);
        _mean = name.Part("mean", MeterKind.Gauge, unit);
        _least = name.Part("min", MeterKind.Gauge, unit);
        _greatest = name.Part("max", MeterKind.Gauge, unit);
        _percentiles = [.. percentiles.Select(one => (
            one, name.Part("p" + one.ToString(CultureInfo.InvariantCulture), MeterKind.Gauge, unit)))];
    }

    public override string? Take(ReadOnlySpan<byte> value, double rate)
    {
        if (!StatsdLine.TryNumber(value, out var number))
        {
            return "a value is no number";
        }

        _countScaled += 1 / rate;
        _sumScaled += number / rate;
        _min = Math.Min(_min, number);
        _max = Math.Max(_max, number);
        _values++;
        if (_kept.Count < KeptMax)
        {
            _kept.Add(number);
        }
        else if (_random.NextInt64(_values) is < KeptMax and var at)
        {
            _kept[(int)at] = number;
        }

        return null;
    }

    public override void Flush(SampleBatch batch, long nowNs, double elapsedSeconds)
    {
        _count.Add(batch, nowNs, _countScaled);
        _rate.Add(batch, nowNs, _countScaled / elapsedSeconds);
        _sum.Add(batch, nowNs, _sumScaled);
        _mean.Add(batch, nowNs, _sumScaled / _countScaled);
        _least.Add(batch, nowNs, _min);
        _greatest.Add(batch, nowNs, _max);
        _kept.Sort();
        foreach (var (percentile, part) in _percentiles)
        {
            var rank = (int)Math.Ceiling(percentile / 100 * _kept.Count);
            part.Add(batch, nowNs, _kept[Math.Clamp(rank - 1, 0, _kept.Count - 1)]);
        }

        _kept.Clear();
        (_values, _countScaled, _sumScaled) = (0, 0, 0);
        (_min, _max) = (double.PositiveInfinity, double.NegativeInfinity);
    }
}
