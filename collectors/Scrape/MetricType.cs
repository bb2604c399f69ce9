using System.Text;

namespace Ops.Collectors.Scrape;

/// <summary>The types of metrics that an exposition declares.</summary>
internal enum MetricType
{
    /// <summary>Not known, which is also <c>untyped</c>.</summary>
    Unknown,

    /// <summary>A counter.</summary>
    Counter,

    /// <summary>A gauge.</summary>
    Gauge,

    /// <summary>A histogram: buckets, sum and count, all of which only grow.</summary>
    Histogram,

    /// <summary>A histogram whose buckets may fall.</summary>
    GaugeHistogram,

    /// <summary>A summary: quantiles, sum and count.</summary>
    Summary,

    /// <summary>Facts as labels; the value is 1.</summary>
    Info,

    /// <summary>A state for each label value, 0 or 1.</summary>
    StateSet,
}

/// <summary>The words of <see cref="MetricType"/>.</summary>
internal static class MetricTypes
{
    private static readonly (byte[] Word, MetricType Type)[] Words =
    [
        ("counter"u8.ToArray(), MetricType.Counter), ("gauge"u8.ToArray(), MetricType.Gauge),
        ("histogram"u8.ToArray(), MetricType.Histogram), ("summary"u8.ToArray(), MetricType.Summary),
        ("untyped"u8.ToArray(), MetricType.Unknown), ("unknown"u8.ToArray(), MetricType.Unknown),
        ("gaugehistogram"u8.ToArray(), MetricType.GaugeHistogram), ("info"u8.ToArray(), MetricType.Info),
        ("stateset"u8.ToArray(), MetricType.StateSet),
    ];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Words.Select(entry => Encoding.ASCII.GetString(entry.Word))];

    /// <summary>Reads a word; case matters.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out MetricType type)
    {
        foreach (var (known, itsType) in Words)
        {
            if (word.SequenceEqual(known))
            {
                type = itsType;
                return true;
            }
        }

        type = MetricType.Unknown;
        return false;
    }
}
