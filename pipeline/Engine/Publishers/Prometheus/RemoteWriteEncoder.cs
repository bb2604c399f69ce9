using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Prometheus;

/// <summary>Writes samples as a WriteRequest of Prometheus's remote write 1.0. Not safe for concurrent use.</summary>
/// <remarks>
/// <code>
/// WriteRequest { repeated TimeSeries timeseries = 1; repeated MetricMetadata metadata = 3 }
/// TimeSeries { repeated Label labels = 1 (name = 1, value = 2); repeated Sample samples = 2 }
/// Sample { double value = 1; int64 timestamp = 2 }                    timestamp in milliseconds
/// MetricMetadata { type = 1; metric_family_name = 2; unit = 5 }       type 1 counter, 2 gauge
/// </code>
/// A series comes once in a request, its samples by time, since a receiver refuses a request that goes back; of
/// samples within one millisecond the last is sent. Metadata of a metric goes with the first request that has it.
/// Nothing is allocated for a sample whose series was met before.
/// Source: prometheus.io/docs/specs/prw/remote_write_spec, prompb/remote.proto.
/// </remarks>
internal sealed class RemoteWriteEncoder
{
    private const long MillisecondNs = 1_000_000;
    private const int SampleFieldBytesMax = 24;
    private const int MetricsSaidMax = 100_000;

    private readonly SeriesMemo<RemoteSeries> _memo;
    private readonly Dictionary<(Series, Tags, MeterKind, string), RemoteSeries> _series = [];
    private readonly HashSet<string> _said = [];
    private readonly List<RemoteSeries> _new = [];
    private readonly HashSet<string> _newNames = [];
    private int[] _next = [];
    private bool[] _isRepeat = [];
    private (long Ms, double Volume)[] _run = new (long, double)[64];
    private long _batch;

    public RemoteWriteEncoder() => _memo = new SeriesMemo<RemoteSeries>(Make);

    /// <summary>Appends a request to a body.</summary>
    /// <returns>How many samples had a later one in their millisecond, and are left out.</returns>
    public int Write(ReadOnlySpan<Sample> samples, ByteText body)
    {
        Chain(samples);
        var merged = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            if (!_isRepeat[i])
            {
                merged += WriteSeries(samples, i, body);
            }
        }

        foreach (var series in _new)
        {
            WriteMetadata(series, body);
        }

        return merged;
    }

    /// <summary>Says that the last request was taken, so that its metadata need not go again.</summary>
    public void Taken()
    {
        if (_said.Count > MetricsSaidMax)
        {
            _said.Clear();
        }

        _said.UnionWith(_newNames);
    }

    /// <summary>Links the samples of each series, in order of arrival.</summary>
    private void Chain(ReadOnlySpan<Sample> samples)
    {
        if (_next.Length < samples.Length)
        {
            _next = new int[Math.Max(samples.Length, SampleBatch.CountMax)];
            _isRepeat = new bool[_next.Length];
        }

        _new.Clear();
        _newNames.Clear();
        _batch++;
        for (var i = 0; i < samples.Length; i++)
        {
            var series = _memo.Of(samples[i]);
            _next[i] = -1;
            _isRepeat[i] = series.Batch == _batch;
            if (_isRepeat[i])
            {
                _next[series.Last] = i;
            }
            else if (!_said.Contains(series.Metric) && _newNames.Add(series.Metric))
            {
                _new.Add(series);
            }

            series.Batch = _batch;
            series.Last = i;
        }
    }

    private int WriteSeries(ReadOnlySpan<Sample> samples, int first, ByteText body)
    {
        var series = _memo.Of(samples[first]);
        var count = 0;
        for (var i = first; i >= 0; i = _next[i])
        {
            if (count == _run.Length)
            {
                Array.Resize(ref _run, count * 2);
            }

            _run[count++] = (Milliseconds(samples[i].TimestampNs), samples[i].Volume);
        }

        var kept = Ordered(count);
        var length = series.Labels.Length;
        for (var i = 0; i < kept; i++)
        {
            length += 2 + SampleLength(_run[i].Ms);
        }

        body.Room(length + SampleFieldBytesMax);
        body.Varint((1 << 3) | 2);
        body.Varint((ulong)length);
        body.Add(series.Labels);
        for (var i = 0; i < kept; i++)
        {
            body.Varint((2 << 3) | 2);
            body.Varint((ulong)SampleLength(_run[i].Ms));
            body.Double(1, _run[i].Volume);
            body.Number(2, _run[i].Ms);
        }

        return count - kept;
    }

    /// <summary>Orders the run by time and keeps the last of each millisecond.</summary>
    private int Ordered(int count)
    {
        for (var i = 1; i < count; i++)
        {
            var one = _run[i];
            var at = i;
            for (; at > 0 && _run[at - 1].Ms > one.Ms; at--)
            {
                _run[at] = _run[at - 1];
            }

            _run[at] = one;
        }

        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (kept > 0 && _run[kept - 1].Ms == _run[i].Ms)
            {
                kept--;
            }

            _run[kept++] = _run[i];
        }

        return kept;
    }

    // One object for what is one series outside, whatever else of the context changed.
    private RemoteSeries Make(Series series, SampleContext context)
    {
        var tags = SeriesTags.Of(series, context);
        var key = (series, tags, context.Kind, context.Unit);
        if (_series.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_series.Count >= SeriesMemo<RemoteSeries>.SeriesMax)
        {
            _series.Clear();
        }

        return _series[key] = RemoteSeries.Of(series, context, tags);
    }

    private static int SampleLength(long ms) => 1 + sizeof(double) + 1 + Protobuf.VarintLength((ulong)ms);

    private static long Milliseconds(long ns) => (ns / MillisecondNs) - (ns % MillisecondNs < 0 ? 1 : 0);

    private static void WriteMetadata(RemoteSeries series, ByteText body)
    {
        if (series.Kind == MeterKind.Delta)
        {
            return;
        }

        var start = body.Begin(3);
        body.Number(1, series.Kind == MeterKind.Cumulative ? 1 : 2);
        body.Text(2, series.Metric);
        if (series.Unit.Length > 0)
        {
            body.Text(5, series.Unit);
        }

        body.End(start);
    }
}
