namespace Ops.Collectors.Otlp;

/// <summary>What a request of OTLP holds.</summary>
public enum OtlpSignal
{
    /// <summary>Data points of metrics.</summary>
    Metrics,

    /// <summary>Log records.</summary>
    Logs,
}
