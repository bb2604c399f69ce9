using System.Text;
using Ops.Collectors.Wire;
using Ops.Model;

namespace Ops.Collectors.Otlp;

/// <summary>
/// Finds resources, metrics and points by their bytes as sent, and works them out at first sight. Safe for concurrent
/// use.
/// </summary>
internal sealed class OtlpCache(SeriesCatalog catalog, OtlpOptions options, OtlpLimits limits)
{
    private readonly ByteMap<ResourceEntry> _resources = new(limits.ResourcesMax);
    private readonly ByteMap<MetricEntry> _metrics = new(limits.MetricsMax);
    private readonly ByteMap<PointEntry> _points = new(limits.PointsMax);
    private long _newest;

    /// <summary>Points that are remembered.</summary>
    public int Points => _points.Count;

    /// <summary>The resource of those bytes; null where they are refused.</summary>
    public ResourceEntry? Resource(ReadOnlySpan<byte> resource, out string? fault)
    {
        fault = null;
        if (_resources.Find(0, resource) is { } known)
        {
            return known;
        }

        if (resource.Length > limits.AttributeBytesMax)
        {
            fault = $"a resource has {resource.Length} bytes; at most {limits.AttributeBytesMax} are allowed";
            return null;
        }

        var attributes = new Dictionary<string, string>();
        fault = AttributeText.Read(resource, OtlpFields.ResourceAttributes, limits, attributes);
        return fault is null ? _resources.Add(0, resource, new ResourceEntry(Next(), attributes)) : null;
    }

    /// <summary>The metric of that description; null where it is refused.</summary>
    public MetricEntry? Metric(
        ResourceEntry resource, ReadOnlySpan<byte> scope, ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit,
        MetricShape shape, MeterKind kind, out string? fault)
    {
        fault = null;
        var length = scope.Length + name.Length + unit.Length + 10;
        if (name.IsEmpty || name.Length > limits.NameBytesMax || length > limits.NameBytesMax * 3)
        {
            fault = name.IsEmpty
                ? "a metric has no name"
                : $"a metric's name, scope or unit has more than {limits.NameBytesMax} bytes";
            return null;
        }

        Span<byte> key = length <= 512 ? stackalloc byte[length] : new byte[length];
        key[0] = (byte)shape;
        key[1] = (byte)kind;
        BitConverter.TryWriteBytes(key[2..], scope.Length);
        BitConverter.TryWriteBytes(key[6..], name.Length);
        scope.CopyTo(key[10..]);
        name.CopyTo(key[(10 + scope.Length)..]);
        unit.CopyTo(key[(10 + scope.Length + name.Length)..]);
        return _metrics.Find(resource.Id, key) ?? _metrics.Add(resource.Id, key, new MetricEntry(
            Next(), resource, Encoding.UTF8.GetString(scope), Encoding.UTF8.GetString(name),
            Encoding.UTF8.GetString(unit), shape, kind));
    }

    /// <summary>The series of the points of those attributes; null where they are refused.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="attributes">The fields that hold the attributes, one after the other.</param>
    /// <param name="tag">The tag of those fields.</param>
    /// <param name="fault">Why they are refused.</param>
    public PointEntry? Point(MetricEntry metric, ReadOnlySpan<byte> attributes, uint tag, out string? fault)
    {
        fault = null;
        return _points.Find(metric.Id, attributes) ?? MeetPoint(metric, attributes, tag, out fault);
    }

    private PointEntry? MeetPoint(MetricEntry metric, ReadOnlySpan<byte> attributes, uint tag, out string? fault)
    {
        if (attributes.Length > limits.AttributeBytesMax)
        {
            fault = $"metric '{metric.Name}': the attributes of a point have {attributes.Length} bytes; at most "
                + $"{limits.AttributeBytesMax} are allowed";
            return null;
        }

        if (catalog.Count >= limits.SeriesMax)
        {
            fault = $"{limits.SeriesMax} series are known, which is the most, and '{metric.Name}' would be a new one";
            return null;
        }

        var all = new Dictionary<string, string>(metric.Resource.Attributes);
        if (metric.Scope.Length > 0)
        {
            all["otel.scope.name"] = metric.Scope;
        }

        fault = AttributeText.Read(attributes, tag, limits, all);
        if (fault is not null)
        {
            fault = $"metric '{metric.Name}': {fault}";
            return null;
        }

        AttributeOperations.Apply(options.Attributes, all);
        return _points.Add(metric.Id, attributes, new PointEntry(catalog, metric, Tags.From(all)));
    }

    private long Next() => Interlocked.Increment(ref _newest);
}
