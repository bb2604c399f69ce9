using System.Text;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.RemoteWrite;

/// <summary>Walks an unpacked request and stops wherever a batch is full, to go on from there.</summary>
/// <remarks>
/// <code>
/// request = *series *metadata    series = *label *sample *exemplar *histogram    sample = value milliseconds
/// </code>
/// Source: Prometheus, prompb/remote.proto and types.proto; the remote-write specification 1.0.
/// </remarks>
internal sealed class WritePass(SeriesCache cache)
{
    private static readonly uint SeriesTag = WireTag.Bytes(1);
    private static readonly uint MetadataTag = WireTag.Bytes(3);
    private static readonly uint LabelTag = WireTag.Bytes(1);
    private static readonly uint SampleTag = WireTag.Bytes(2);
    private static readonly uint HistogramTag = WireTag.Bytes(4);

    /// <summary>The quiet NaN that says that a series ended.</summary>
    private const ulong StaleBits = 0x7ff0_0000_0000_0002;

    private const long MsMax = long.MaxValue / 1_000_000;

    private int _at;
    private int _seriesEnd;
    private LabelledSeries? _series;

    public long Samples { get; private set; }

    public long Stale { get; private set; }

    public long Skipped { get; private set; }

    public FaultTally Refused { get; } = new();

    public bool IsBroken { get; private set; }

    public RemoteWriteResult Result => new(
        Samples, Stale, Skipped, Refused.Count,
        IsBroken ? $"the request is no WriteRequest in protobuf; {Samples} samples before the fault were taken"
            : Refused.Text,
        IsBroken);

    /// <summary>Reads until the request is used up or the batch is full.</summary>
    /// <returns>Whether there is more.</returns>
    public bool Fill(ReadOnlySpan<byte> body, SampleBatch batch)
    {
        while (!IsBroken)
        {
            if (_at < _seriesEnd)
            {
                ReadSamples(body, batch);
            }

            if (IsFull(batch))
            {
                return true;
            }

            var wire = new WireReader(body, _at);
            if (!wire.Read())
            {
                IsBroken |= wire.IsBroken;
                return false;
            }

            _at = wire.At;
            if (wire.Tag == SeriesTag)
            {
                (_at, _seriesEnd) = (wire.Start, wire.At);
                Enter(wire.Bytes);
            }
            else if (wire.Tag == MetadataTag)
            {
                ReadMetadata(wire.Bytes);
            }
        }

        return false;
    }

    private static bool IsFull(SampleBatch batch) => batch.Count >= SampleBatch.CountMax - 2;

    /// <summary>Finds the series; its labels nearly always stand in front, one after the other.</summary>
    private void Enter(ReadOnlySpan<byte> series)
    {
        var wire = new WireReader(series);
        var (first, last, isScattered) = (0, 0, false);
        while (wire.Read())
        {
            if (wire.Tag == LabelTag)
            {
                first = last == 0 ? wire.FieldStart : first;
                isScattered |= last != 0 && last != wire.FieldStart;
                last = wire.At;
            }
        }

        if (wire.IsBroken)
        {
            IsBroken = true;
            return;
        }

        _series = cache.Of(isScattered ? Gather(series) : series[first..last], out var fault);
        if (fault is not null)
        {
            Refused.Add(fault);
        }
    }

    private static ReadOnlySpan<byte> Gather(ReadOnlySpan<byte> series)
    {
        var labels = new byte[series.Length];
        var length = 0;
        var wire = new WireReader(series);
        while (wire.Read())
        {
            if (wire.Tag == LabelTag)
            {
                series[wire.FieldStart..wire.At].CopyTo(labels.AsSpan(length));
                length += wire.At - wire.FieldStart;
            }
        }

        return labels.AsSpan(0, length);
    }

    private void ReadSamples(ReadOnlySpan<byte> body, SampleBatch batch)
    {
        if (_series is null)
        {
            _at = _seriesEnd;
            return;
        }

        var wire = new WireReader(body[.._seriesEnd], _at);
        while (!IsBroken && !IsFull(batch) && wire.Read())
        {
            if (wire.Tag == SampleTag)
            {
                ReadSample(wire.Bytes, _series, batch);
            }
            else if (wire.Tag == HistogramTag)
            {
                ReadHistogram(wire.Bytes, _series, batch);
            }
        }

        _at = wire.At;
        IsBroken |= wire.IsBroken;
    }

    private void ReadSample(ReadOnlySpan<byte> sample, LabelledSeries series, SampleBatch batch)
    {
        var wire = new WireReader(sample);
        var (value, ms) = (0.0, 0L);
        while (wire.Read())
        {
            if (wire.Tag == 9)
            {
                value = wire.Double;
            }
            else if (wire.Tag == 16)
            {
                ms = (long)wire.Number;
            }
        }

        IsBroken |= wire.IsBroken;
        Put(series, ms, value, batch);
    }

    /// <summary>A native histogram: its count and its sum are kept.</summary>
    private void ReadHistogram(ReadOnlySpan<byte> histogram, LabelledSeries series, SampleBatch batch)
    {
        var wire = new WireReader(histogram);
        var (count, sum, ms) = (0.0, 0.0, 0L);
        while (wire.Read())
        {
            switch (wire.Tag)
            {
                case 8:
                    count = wire.Number;
                    break;
                case 17:
                    count = wire.Double;
                    break;
                case 25:
                    sum = wire.Double;
                    break;
                case 120:
                    ms = (long)wire.Number;
                    break;
            }
        }

        IsBroken |= wire.IsBroken;
        var (countSeries, sumSeries) = cache.HistogramOf(series);
        Put(countSeries, ms, BitConverter.DoubleToUInt64Bits(sum) == StaleBits ? sum : count, batch);
        Put(sumSeries, ms, sum, batch);
    }

    private void Put(LabelledSeries series, long ms, double value, SampleBatch batch)
    {
        if (!double.IsFinite(value))
        {
            var isStale = BitConverter.DoubleToUInt64Bits(value) == StaleBits;
            Stale += isStale ? 1 : 0;
            Skipped += isStale ? 0 : 1;
        }
        else if (ms is > MsMax or < -MsMax)
        {
            Refused.Add($"a sample of '{series.Series.Meter}' has a timestamp out of range: {ms} ms");
        }
        else
        {
            batch.Add(new Sample(series.Series, series.Context, ms * 1_000_000, value));
            Samples++;
        }
    }

    private void ReadMetadata(ReadOnlySpan<byte> metadata)
    {
        var (type, name) = (0UL, "");
        var wire = new WireReader(metadata);
        while (wire.Read())
        {
            type = wire.Tag == 8 ? wire.Number : type;
            name = wire.Tag == 18 ? Encoding.UTF8.GetString(wire.Bytes) : name;
        }

        IsBroken |= wire.IsBroken;
        if (name.Length > 0 && type > 0)
        {
            cache.Types.Set(name, type);
        }
    }
}
