using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>One metric between two flushes. Not safe for concurrent use.</summary>
internal abstract class StatsdMetric(byte[] key, StatsdKind kind, MetricName name)
{
    /// <summary>The bytes it is found by.</summary>
    public byte[] Key => key;

    public StatsdKind Kind => kind;

    /// <summary>When something came for it the last time, in seconds.</summary>
    public double SeenSeconds { get; set; }

    /// <summary>Whether something came since the flush before.</summary>
    public bool IsTouched { get; set; }

    protected MetricName Name => name;

    /// <summary>Takes one value.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public abstract string? Take(ReadOnlySpan<byte> value, double rate);

    /// <summary>Adds what came to the batch, and begins anew.</summary>
    public abstract void Flush(SampleBatch batch, long nowNs, double elapsedSeconds);

    /// <summary>Makes a metric of a kind.</summary>
    public static StatsdMetric Of(byte[] key, StatsdKind kind, MetricName name, IReadOnlyList<double> percentiles) =>
        kind switch
        {
            StatsdKind.Counter => new CounterMetric(key, name),
            StatsdKind.Gauge => new GaugeMetric(key, name),
            StatsdKind.Set => new SetMetric(key, name),
            _ => new TimerMetric(key, kind, name, percentiles),
        };
}

/// <summary>Sums up; gives the growth, and its rate per second.</summary>
internal sealed class CounterMetric(byte[] key, MetricName name) : StatsdMetric(key, StatsdKind.Counter, name)
{
    private readonly MetricPart _growth = name.Part("", MeterKind.Delta, "");
    private readonly MetricPart _rate = name.Part("rate", MeterKind.Gauge, "1/s");
    private double _sum;

    public override string? Take(ReadOnlySpan<byte> value, double rate)
    {
        if (!StatsdLine.TryNumber(value, out var number))
        {
            return "a value is no number";
        }

        _sum += number / rate;
        return null;
    }

    public override void Flush(SampleBatch batch, long nowNs, double elapsedSeconds)
    {
        _growth.Add(batch, nowNs, _sum);
        _rate.Add(batch, nowNs, _sum / elapsedSeconds);
        _sum = 0;
    }
}

/// <summary>Keeps the last value; a sign changes it.</summary>
internal sealed class GaugeMetric(byte[] key, MetricName name) : StatsdMetric(key, StatsdKind.Gauge, name)
{
    private readonly MetricPart _part = name.Part("", MeterKind.Gauge, "");
    private double _value;

    public override string? Take(ReadOnlySpan<byte> value, double rate)
    {
        var isChange = value is [(byte)'+' or (byte)'-', ..];
        if (!StatsdLine.TryNumber(value is [(byte)'+', ..] ? value[1..] : value, out var number))
        {
            return "a value is no number";
        }

        _value = isChange ? _value + number : number;
        return null;
    }

    public override void Flush(SampleBatch batch, long nowNs, double elapsedSeconds) =>
        _part.Add(batch, nowNs, _value);
}

/// <summary>Counts different values.</summary>
internal sealed class SetMetric(byte[] key, MetricName name) : StatsdMetric(key, StatsdKind.Set, name)
{
    /// <summary>The most values that are told apart.</summary>
    public const int ValuesMax = 100_000;

    private readonly MetricPart _part = name.Part("", MeterKind.Gauge, "");
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    public override string? Take(ReadOnlySpan<byte> value, double rate)
    {
        if (_values.Count >= ValuesMax)
        {
            return $"a set holds {ValuesMax} values, which is the most";
        }

        _values.Add(System.Text.Encoding.UTF8.GetString(value));
        return null;
    }

    public override void Flush(SampleBatch batch, long nowNs, double elapsedSeconds)
    {
        _part.Add(batch, nowNs, _values.Count);
        _values.Clear();
    }
}
