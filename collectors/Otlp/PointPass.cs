using System.Buffers.Binary;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>Turns points into samples. Not safe for concurrent use.</summary>
internal sealed class PointPass(OtlpCache cache, OtlpLimits limits, long nowNs)
{
    private readonly double[] _quantiles = new double[OtlpLimits.BucketsMaxMost];
    private readonly double[] _values = new double[OtlpLimits.BucketsMaxMost];
    private byte[] _gathered = [];

    /// <summary>Points that were taken, those without a value included.</summary>
    public long Accepted { get; private set; }

    /// <summary>Points that were not.</summary>
    public FaultTally Rejected { get; } = new();

    /// <summary>Reads a point of a gauge or a sum.</summary>
    public bool Number(ReadOnlySpan<byte> point, MetricEntry metric, SampleBatch batch)
    {
        var wire = new WireReader(point);
        var span = default(AttributeSpan);
        var (timeNs, flags, value) = (0UL, 0UL, double.NaN);
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 25:
                    timeNs = wire.Number;
                    break;
                case 33:
                    value = wire.Double;
                    break;
                case 49:
                    value = (long)wire.Number;
                    break;
                case 58:
                    span.Add(wire);
                    break;
                case 64:
                    flags = wire.Number;
                    break;
            }
        }

        if (wire.IsBroken || Entry(point, metric, span, 58, flags) is not { } entry)
        {
            return !wire.IsBroken;
        }

        if (!double.IsFinite(value))
        {
            Rejected.Add($"metric '{metric.Name}': a value is no finite number");
            return true;
        }

        batch.Add(new Sample(entry.Value, entry.Context, At(timeNs), value));
        Accepted++;
        return true;
    }

    /// <summary>Reads a point of a histogram with bounds.</summary>
    public bool Histogram(ReadOnlySpan<byte> point, MetricEntry metric, SampleBatch batch)
    {
        var wire = new WireReader(point);
        var span = default(AttributeSpan);
        var numbers = Distribution.Empty;
        ReadOnlySpan<byte> counts = default;
        ReadOnlySpan<byte> bounds = default;
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 25:
                    numbers.TimeNs = wire.Number;
                    break;
                case 33:
                    numbers.Count = wire.Number;
                    break;
                case 41:
                    numbers.Sum = wire.Double;
                    break;
                case 50:
                    counts = wire.Bytes;
                    break;
                case 58:
                    bounds = wire.Bytes;
                    break;
                case 74:
                    span.Add(wire);
                    break;
                case 80:
                    numbers.Flags = wire.Number;
                    break;
                case 89:
                    numbers.Min = wire.Double;
                    break;
                case 97:
                    numbers.Max = wire.Double;
                    break;
            }
        }

        if (wire.IsBroken || Entry(point, metric, span, 74, numbers.Flags) is not { } entry)
        {
            return !wire.IsBroken;
        }

        if (BucketFault(counts, bounds) is { } fault)
        {
            Rejected.Add($"metric '{metric.Name}': {fault}");
            return true;
        }

        Spread(entry, numbers, batch);
        Buckets(entry, counts, bounds, At(numbers.TimeNs), batch);
        return true;
    }

    /// <summary>Reads a point of an exponential histogram.</summary>
    public bool Exponential(ReadOnlySpan<byte> point, MetricEntry metric, SampleBatch batch)
    {
        var wire = new WireReader(point);
        var span = default(AttributeSpan);
        var numbers = Distribution.Empty;
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 10:
                    span.Add(wire);
                    break;
                case 25:
                    numbers.TimeNs = wire.Number;
                    break;
                case 33:
                    numbers.Count = wire.Number;
                    break;
                case 41:
                    numbers.Sum = wire.Double;
                    break;
                case 80:
                    numbers.Flags = wire.Number;
                    break;
                case 97:
                    numbers.Min = wire.Double;
                    break;
                case 105:
                    numbers.Max = wire.Double;
                    break;
            }
        }

        if (!wire.IsBroken && Entry(point, metric, span, 10, numbers.Flags) is { } entry)
        {
            Spread(entry, numbers, batch);
        }

        return !wire.IsBroken;
    }

    /// <summary>Reads a point of a summary.</summary>
    public bool Summary(ReadOnlySpan<byte> point, MetricEntry metric, SampleBatch batch)
    {
        var wire = new WireReader(point);
        var span = default(AttributeSpan);
        var numbers = Distribution.Empty;
        var (count, isBroken) = (0, false);
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 25:
                    numbers.TimeNs = wire.Number;
                    break;
                case 33:
                    numbers.Count = wire.Number;
                    break;
                case 41:
                    numbers.Sum = wire.Double;
                    break;
                case 50 when count < limits.BucketsMax:
                    isBroken |= !Quantile(wire.Bytes, ref count);
                    break;
                case 58:
                    span.Add(wire);
                    break;
                case 64:
                    numbers.Flags = wire.Number;
                    break;
            }
        }

        if (wire.IsBroken || isBroken)
        {
            return false;
        }

        if (Entry(point, metric, span, 58, numbers.Flags) is not { } entry)
        {
            return true;
        }

        Spread(entry, numbers, batch);
        var rungs = entry.Quantiles(_quantiles.AsSpan(0, count));
        for (var i = 0; i < count; i++)
        {
            Put(batch, rungs[i], entry.GaugeContext, At(numbers.TimeNs), _values[i]);
        }

        return true;
    }

    private bool Quantile(ReadOnlySpan<byte> pair, ref int count)
    {
        var wire = new WireReader(pair);
        var (quantile, value) = (0.0, 0.0);
        while (wire.Read())
        {
            quantile = wire.Tag == 9 ? wire.Double : quantile;
            value = wire.Tag == 17 ? wire.Double : value;
        }

        // The end of a summary may be 1, but no NaN: quantiles name series.
        if (double.IsFinite(quantile))
        {
            (_quantiles[count], _values[count]) = (quantile, value);
            count++;
        }

        return !wire.IsBroken;
    }

    /// <summary>The series of a point; null where it is refused, or has no value.</summary>
    private PointEntry? Entry(
        ReadOnlySpan<byte> point, MetricEntry metric, AttributeSpan span, uint tag, ulong flags)
    {
        if ((flags & OtlpFields.NoRecordedValue) != 0)
        {
            Accepted++;
            return null;
        }

        var attributes = span.IsScattered ? Gather(point, tag) : point[span.First..span.Last];
        if (cache.Point(metric, attributes, tag, out var fault) is { } entry)
        {
            return entry;
        }

        Rejected.Add(fault!);
        return null;
    }

    /// <summary>Brings attributes together that other fields stand between.</summary>
    private ReadOnlySpan<byte> Gather(ReadOnlySpan<byte> point, uint tag)
    {
        if (_gathered.Length < point.Length)
        {
            _gathered = new byte[point.Length];
        }

        var length = 0;
        var wire = new WireReader(point);
        while (wire.Read())
        {
            if (wire.Tag == tag)
            {
                point[wire.FieldStart..wire.At].CopyTo(_gathered.AsSpan(length));
                length += wire.At - wire.FieldStart;
            }
        }

        return _gathered.AsSpan(0, length);
    }

    private string? BucketFault(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> bounds)
    {
        if (counts.Length % sizeof(ulong) != 0 || bounds.Length % sizeof(double) != 0)
        {
            return "the buckets are broken";
        }

        var buckets = counts.Length / sizeof(ulong);
        if (buckets > limits.BucketsMax)
        {
            return $"{buckets} buckets are too many; at most {limits.BucketsMax} are allowed";
        }

        return buckets == 0 || bounds.Length == counts.Length - sizeof(double)
            ? null
            : $"{buckets} buckets need {buckets - 1} bounds, found {bounds.Length / sizeof(double)}";
    }

    private void Spread(PointEntry entry, in Distribution numbers, SampleBatch batch)
    {
        var at = At(numbers.TimeNs);
        Accepted++;
        batch.Add(new Sample(entry.Count, entry.CountContext, at, numbers.Count));
        Put(batch, entry.Sum, entry.Context, at, numbers.Sum);
        if (double.IsFinite(numbers.Min))
        {
            batch.Add(new Sample(entry.Min, entry.GaugeContext, at, numbers.Min));
        }

        if (double.IsFinite(numbers.Max))
        {
            batch.Add(new Sample(entry.Max, entry.GaugeContext, at, numbers.Max));
        }
    }

    private static void Buckets(
        PointEntry entry, ReadOnlySpan<byte> counts, ReadOnlySpan<byte> bounds, long at, SampleBatch batch)
    {
        if (counts.IsEmpty)
        {
            return;
        }

        var rungs = entry.Buckets(bounds);
        var below = 0.0;
        for (var i = 0; i < rungs.Length; i++)
        {
            below += BinaryPrimitives.ReadUInt64LittleEndian(counts[(i * sizeof(ulong))..]);
            batch.Add(new Sample(rungs[i], entry.CountContext, at, below));
        }
    }

    private static void Put(SampleBatch batch, Series series, SampleContext context, long at, double value)
    {
        if (double.IsFinite(value))
        {
            batch.Add(new Sample(series, context, at, value));
        }
    }

    private long At(ulong timeNs) => timeNs is 0 or > long.MaxValue ? nowNs : (long)timeNs;

    /// <summary>What a histogram or a summary says of all its values.</summary>
    private struct Distribution
    {
        public static readonly Distribution Empty = new()
        {
            Sum = double.NaN, Min = double.NaN, Max = double.NaN,
        };

        public ulong TimeNs;
        public ulong Count;
        public ulong Flags;
        public double Sum;
        public double Min;
        public double Max;
    }
}
