using System.Globalization;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>The series of a metric's points of equal attributes. Safe for concurrent use.</summary>
internal sealed class PointEntry(SeriesCatalog catalog, MetricEntry metric, Tags dimensions)
{
    private volatile Series? _value;
    private volatile Series? _count;
    private volatile Series? _sum;
    private volatile Series? _min;
    private volatile Series? _max;
    private volatile Ladder _ladder = new([], []);

    /// <summary>What the samples share, where their kind is the metric's.</summary>
    public SampleContext Context { get; } = ContextOf(metric, dimensions, metric.Kind, metric.Unit);

    /// <summary>The same for counts.</summary>
    public SampleContext CountContext { get; } = ContextOf(metric, dimensions, metric.Kind, "");

    /// <summary>The same for gauges.</summary>
    public SampleContext GaugeContext { get; } = ContextOf(metric, dimensions, MeterKind.Gauge, metric.Unit);

    public Series Value => _value ??= Intern(metric.Name, "value", dimensions);

    public Series Count => _count ??= Intern(metric.Name + ".count", "count", dimensions);

    public Series Sum => _sum ??= Intern(metric.Name + ".sum", "sum", dimensions);

    public Series Min => _min ??= Intern(metric.Name + ".min", "min", dimensions);

    public Series Max => _max ??= Intern(metric.Name + ".max", "max", dimensions);

    /// <summary>The series of a histogram's buckets, the last that of <c>+Inf</c>.</summary>
    /// <param name="bounds">The upper bounds, 8 bytes each.</param>
    public Series[] Buckets(ReadOnlySpan<byte> bounds)
    {
        var ladder = _ladder;
        if (ladder.Rungs.Length > 0 && bounds.SequenceEqual(ladder.Key))
        {
            return ladder.Rungs;
        }

        var rungs = new Series[(bounds.Length / sizeof(double)) + 1];
        for (var i = 0; i < rungs.Length; i++)
        {
            var at = i * sizeof(double);
            var bound = at < bounds.Length
                ? BitConverter.ToDouble(bounds[at..]).ToString(CultureInfo.InvariantCulture)
                : "+Inf";
            rungs[i] = Intern(metric.Name + ".bucket", "bucket", With("le", bound));
        }

        _ladder = new Ladder(bounds.ToArray(), rungs);
        return rungs;
    }

    /// <summary>The series of a summary's quantiles.</summary>
    /// <param name="quantiles">The quantiles in order.</param>
    public Series[] Quantiles(ReadOnlySpan<double> quantiles)
    {
        var key = System.Runtime.InteropServices.MemoryMarshal.AsBytes(quantiles);
        var ladder = _ladder;
        if (key.SequenceEqual(ladder.Key))
        {
            return ladder.Rungs;
        }

        var rungs = new Series[quantiles.Length];
        for (var i = 0; i < rungs.Length; i++)
        {
            rungs[i] = Intern(
                metric.Name, "value", With("quantile", quantiles[i].ToString(CultureInfo.InvariantCulture)));
        }

        _ladder = new Ladder(key.ToArray(), rungs);
        return rungs;
    }

    private Tags With(string name, string value) => Tags.From(dimensions.Append(KeyValuePair.Create(name, value)));

    private Series Intern(string meter, string field, Tags tags) =>
        catalog.Intern(meter, metric.Resource.ResourceId, tags, metric.Name, field, null);

    private static SampleContext ContextOf(MetricEntry metric, Tags dimensions, MeterKind kind, string unit) => new()
    {
        Kind = kind,
        Unit = unit,
        Source = "otlp",
        ResourceType = metric.Resource.ResourceType,
        ResourceName = metric.Resource.ResourceName,
        ProjectId = dimensions["project_id"],
        UserId = dimensions["user_id"],
        Metadata = dimensions.Count == 0
            ? SampleContext.NoMetadata
            : dimensions.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
    };

    private sealed record Ladder(byte[] Key, Series[] Rungs);
}
