using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.StatsD;

/// <summary>Gathers lines between two flushes. Safe for concurrent use.</summary>
internal sealed class StatsdAggregator(SeriesCatalog catalog, StatsdOptions options)
{
    /// <summary>The longest line.</summary>
    public const int LineBytesMax = 8192;

    private readonly Lock _gate = new();
    private readonly byte[] _key = new byte[LineBytesMax * 2];
    private ByteMap<StatsdMetric> _byKey = new(int.MaxValue);
    private List<StatsdMetric> _metrics = [];

    /// <summary>Lines that were taken.</summary>
    public long Accepted { get; private set; }

    /// <summary>Lines that were not.</summary>
    public long Refused { get; private set; }

    /// <summary>Why the newest refused line was, or null.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Metrics that are remembered.</summary>
    public int Count => _metrics.Count;

    /// <summary>Takes lines with ends between them.</summary>
    public void Take(ReadOnlySpan<byte> lines, double nowSeconds)
    {
        lock (_gate)
        {
            while (!lines.IsEmpty)
            {
                var end = lines.IndexOf((byte)'\n');
                var line = (end < 0 ? lines : lines[..end]).TrimEnd("\r "u8);
                lines = end < 0 ? default : lines[(end + 1)..];
                if (line.IsEmpty)
                {
                    continue;
                }

                if (TakeLine(line, nowSeconds) is { } fault)
                {
                    Refused++;
                    LastFault = fault;
                }
                else
                {
                    Accepted++;
                }
            }
        }
    }

    /// <summary>Adds what came since the flush before, and forgets metrics without news.</summary>
    public void Flush(SampleBatch batch, long nowNs, double nowSeconds, double elapsedSeconds)
    {
        lock (_gate)
        {
            var forgotten = 0;
            foreach (var metric in _metrics)
            {
                if (metric.IsTouched)
                {
                    metric.Flush(batch, nowNs, elapsedSeconds);
                    metric.IsTouched = false;
                }
                else if (nowSeconds - metric.SeenSeconds > options.ForgetAfter.TotalSeconds)
                {
                    forgotten++;
                }
            }

            if (forgotten > 0)
            {
                Forget(nowSeconds);
            }
        }
    }

    private void Forget(double nowSeconds)
    {
        _metrics = [.. _metrics.Where(
            metric => nowSeconds - metric.SeenSeconds <= options.ForgetAfter.TotalSeconds)];
        _byKey = new ByteMap<StatsdMetric>(int.MaxValue);
        foreach (var metric in _metrics)
        {
            _byKey.Add((long)metric.Kind, metric.Key, metric);
        }
    }

    private string? TakeLine(ReadOnlySpan<byte> text, double nowSeconds)
    {
        if (text.Length > LineBytesMax)
        {
            return $"a line has {text.Length} bytes; at most {LineBytesMax} are allowed";
        }

        if (StatsdLine.Read(text, out var line) is { } fault)
        {
            return fault;
        }

        if (MetricOf(line) is not { } metric)
        {
            return $"{options.MetricsMax} metrics are remembered, which is the most";
        }

        var values = line.Values;
        while (true)
        {
            var colon = line.Kind == StatsdKind.Set ? -1 : values.IndexOf((byte)':');
            if (metric.Take(colon < 0 ? values : values[..colon], line.Rate) is { } wrong)
            {
                return wrong;
            }

            metric.IsTouched = true;
            metric.SeenSeconds = nowSeconds;
            if (colon < 0)
            {
                return null;
            }

            values = values[(colon + 1)..];
        }
    }

    private StatsdMetric? MetricOf(in StatsdLine line)
    {
        line.Name.CopyTo(_key);
        _key[line.Name.Length] = 0;
        line.Tags.CopyTo(_key.AsSpan(line.Name.Length + 1));
        var key = _key.AsSpan(0, line.Name.Length + 1 + line.Tags.Length);
        if (_byKey.Find((long)line.Kind, key) is { } known)
        {
            return known;
        }

        if (_metrics.Count >= options.MetricsMax)
        {
            return null;
        }

        var metric = StatsdMetric.Of(
            key.ToArray(), line.Kind, new MetricName(catalog, options, line.Name, line.Tags), options.Percentiles);
        _metrics.Add(metric);
        return _byKey.Add((long)line.Kind, key, metric);
    }
}
