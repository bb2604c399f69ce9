namespace Ops.Collectors.Otlp;

/// <summary>What is accepted of OTLP at most.</summary>
public sealed class OtlpLimits
{
    /// <summary>Bytes of a request, as sent and again when unpacked; default 25 MiB.</summary>
    public int BodyBytesMax { get; init; } = 25 << 20;

    /// <summary>Attributes of a point, those of its resource included; default 128.</summary>
    public int AttributesMax { get; init; } = 128;

    /// <summary>Bytes of the attributes of a point, or of a resource; default 64 KiB.</summary>
    public int AttributeBytesMax { get; init; } = 64 << 10;

    /// <summary>Characters of an attribute's value; what is longer is cut; default 4096.</summary>
    public int ValueCharsMax { get; init; } = 4096;

    /// <summary>Bytes of the name of a metric; default 1024.</summary>
    public int NameBytesMax { get; init; } = 1024;

    /// <summary>Buckets of a histogram, and quantiles of a summary; default and at most 1024.</summary>
    public int BucketsMax { get; init; } = BucketsMaxMost;

    /// <summary>Series in the whole catalogue, past which points of a new one are refused; default 1 000 000.</summary>
    public int SeriesMax { get; init; } = 1_000_000;

    /// <summary>Resources that are remembered; past it all are forgotten; default 50 000.</summary>
    public int ResourcesMax { get; init; } = 50_000;

    /// <summary>Metrics of a scope of a resource that are remembered; default 500 000.</summary>
    public int MetricsMax { get; init; } = 500_000;

    /// <summary>Points with their attributes that are remembered; default 1 000 000.</summary>
    public int PointsMax { get; init; } = 1_000_000;

    /// <summary>Depth of lists and maps in an attribute's value; what is deeper is left out; default 8.</summary>
    public int ValueDepthMax { get; init; } = 8;

    /// <summary>Traits of an event that a log record becomes; default 64.</summary>
    public int TraitsMax { get; init; } = 64;

    internal const int BucketsMaxMost = 1024;
}
