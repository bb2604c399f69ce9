using Ops.Collectors.Wire;

namespace Ops.Collectors.Otlp;

/// <summary>The fields of OTLP's messages that are read.</summary>
/// <remarks>Source: opentelemetry-proto 1.x, metrics.proto, logs.proto, resource.proto and common.proto.</remarks>
internal static class OtlpFields
{
    // ExportMetricsServiceRequest, ExportLogsServiceRequest
    public static readonly uint Resources = WireTag.Bytes(1);

    // ResourceMetrics, ResourceLogs
    public static readonly uint Resource = WireTag.Bytes(1);
    public static readonly uint Scopes = WireTag.Bytes(2);

    // Resource, InstrumentationScope
    public static readonly uint ResourceAttributes = WireTag.Bytes(1);
    public static readonly uint ScopeName = WireTag.Bytes(1);

    // ScopeMetrics, ScopeLogs
    public static readonly uint Scope = WireTag.Bytes(1);
    public static readonly uint Items = WireTag.Bytes(2);

    // KeyValue
    public static readonly uint Key = WireTag.Bytes(1);
    public static readonly uint Value = WireTag.Bytes(2);

    // Gauge, Sum, Histogram, ExponentialHistogram, Summary
    public static readonly uint Points = WireTag.Bytes(1);
    public static readonly uint Temporality = WireTag.Varint(2);
    public static readonly uint IsMonotonic = WireTag.Varint(3);

    /// <summary>Of a Sum, Histogram or ExponentialHistogram.</summary>
    public const ulong DeltaTemporality = 1;

    /// <summary>Of a Sum, Histogram or ExponentialHistogram.</summary>
    public const ulong CumulativeTemporality = 2;

    /// <summary>The bit of a point's flags that says that it has no value.</summary>
    public const ulong NoRecordedValue = 1;
}
