using Ops.Model;
using Ops.Pipeline.Publishers.Delivery;

namespace Ops.Pipeline.Publishers.Otlp;

/// <summary>A resource as OTLP shows it, with its metrics of the batch at hand.</summary>
internal sealed class OtlpResource(Tags attributes, byte[] encoded)
{
    /// <summary>resource_id, resource_name, resource_type, project_id, user_id and source, as far as known.</summary>
    public Tags Attributes => attributes;

    /// <summary>The attributes as fields of a Resource.</summary>
    public byte[] Encoded => encoded;

    /// <summary>Its metrics in the batch at hand.</summary>
    public List<OtlpMetric> Metrics { get; } = [];

    /// <summary>The batch in which it was met last.</summary>
    public long Batch { get; set; }
}

/// <summary>A metric of a resource, with the places of its samples in the batch at hand.</summary>
internal sealed class OtlpMetric(OtlpResource resource, string name, string unit, MeterKind kind)
{
    public OtlpResource Resource => resource;

    public string Name => name;

    public string Unit => unit;

    /// <summary>A gauge is a gauge, a cumulative meter a monotonic cumulative sum, a delta a delta sum.</summary>
    public MeterKind Kind => kind;

    public long Batch { get; set; }

    public int First { get; set; }

    public int Last { get; set; }
}

/// <summary>A series: a metric with its attributes, and when its sum began.</summary>
/// <remarks>The start is that of the last point that was taken: a delta covers the time since the sample before; a
/// cumulative sum that fell began again after the sample before. 0 is not known.</remarks>
internal sealed class OtlpSeries(OtlpMetric metric, Tags attributes, byte[] encoded)
{
    private (long LastNs, double LastVolume, long StartNs) _taken = (long.MinValue, 0, 0);
    private (long LastNs, double LastVolume, long StartNs) _attempt;

    public OtlpMetric Metric => metric;

    public Tags Attributes => attributes;

    /// <summary>The attributes as fields of a NumberDataPoint.</summary>
    public byte[] Encoded => encoded;

    /// <summary>The attempt in which it was met last.</summary>
    public long Batch { get; set; }

    /// <summary>Begins another attempt at the state that was last taken.</summary>
    public void Begin() => _attempt = _taken;

    /// <summary>Makes the state of this attempt the one to go on from.</summary>
    public void Taken() => _taken = _attempt;

    /// <summary>The start of a point's sum, in nanoseconds since the Unix epoch; 0 when not known.</summary>
    public long StartOf(in Sample sample)
    {
        if (metric.Kind == MeterKind.Gauge || sample.TimestampNs <= _attempt.LastNs)
        {
            return 0;
        }

        var (lastNs, lastVolume, startNs) = _attempt;
        var isFirst = lastNs == long.MinValue;
        if (metric.Kind == MeterKind.Delta)
        {
            startNs = isFirst ? 0 : lastNs;
        }
        else if (!isFirst && sample.Volume < lastVolume)
        {
            startNs = lastNs;
        }

        _attempt = (sample.TimestampNs, sample.Volume, startNs);
        return startNs;
    }
}
