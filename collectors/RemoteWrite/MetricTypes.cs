using System.Collections.Concurrent;
using Ops.Model;

namespace Ops.Collectors.RemoteWrite;

/// <summary>What kind of meter a metric is: as its metadata says, else by its name. Safe for concurrent use.</summary>
/// <remarks>
/// By name <c>_total</c>, <c>_count</c>, <c>_sum</c> and <c>_bucket</c> are cumulative, everything else is a gauge.
/// Source: Prometheus, prompb/types.proto, MetricMetadata; the naming rules of its documentation.
/// </remarks>
internal sealed class MetricTypes(int typesMax)
{
    private const ulong Counter = 1;
    private const ulong Histogram = 3;
    private const ulong Summary = 5;

    private static readonly string[] Suffixes = ["_bucket", "_count", "_sum"];

    private readonly ConcurrentDictionary<string, ulong> _types = new(StringComparer.Ordinal);

    /// <summary>Rises whenever a type changes.</summary>
    public int Version { get; private set; }

    /// <summary>Remembers what metadata says.</summary>
    public void Set(string metric, ulong type)
    {
        if (_types.TryGetValue(metric, out var known) ? known == type : _types.Count >= typesMax)
        {
            return;
        }

        _types[metric] = type;
        Version++;
    }

    /// <summary>The kind of the series of that name.</summary>
    public MeterKind KindOf(string name)
    {
        if (_types.TryGetValue(name, out var type))
        {
            return type == Counter ? MeterKind.Cumulative : MeterKind.Gauge;
        }

        foreach (var suffix in Suffixes)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return !_types.TryGetValue(name[..^suffix.Length], out type) || type is Histogram or Summary
                    ? MeterKind.Cumulative
                    : MeterKind.Gauge;
            }
        }

        return name.EndsWith("_total", StringComparison.Ordinal) ? MeterKind.Cumulative : MeterKind.Gauge;
    }
}
