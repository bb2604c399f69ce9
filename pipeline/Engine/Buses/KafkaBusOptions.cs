using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Pipeline.Buses;

/// <summary>The Kafka bus between processes that collect and processes that work: what <c>bus</c> in
/// <c>ops.yaml</c> says.</summary>
public sealed record KafkaBusOptions
{
    /// <summary>The cluster: <c>brokers</c>, <c>client_id</c>, <c>api_version_request</c>,
    /// <c>broker_version_fallback</c>, <c>tls</c>, <c>verify_certificate</c>, <c>authority_file</c>, <c>user</c>,
    /// <c>password</c>, <c>sasl_mechanism</c>.</summary>
    public required KafkaConnection Connection { get; init; }

    /// <summary>How messages are produced: <c>acks</c>, <c>idempotence</c>, <c>compression</c>,
    /// <c>linger_ms</c>, <c>timeout</c>.</summary>
    public KafkaProducerOptions Producer { get; init; } = new();

    /// <summary>The topic of samples (<c>sample_topic</c>); default <c>ops.samples</c>.</summary>
    public string SampleTopic { get; init; } = "ops.samples";

    /// <summary>The consumer group whose members share the partitions (<c>group</c>); default
    /// <c>ops-process</c>.</summary>
    public string Group { get; init; } = "ops-process";

    /// <summary>After how long without a sign a worker counts as gone (<c>session_timeout</c>); default 10 s, 6 s to
    /// 5 min.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often offsets of what is through are committed (<c>commit_interval</c>); default 1 s, 100 ms to
    /// 1 min.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many samples are remembered to tell what comes twice (<c>dedup_window</c>); default 262 144, 0 to
    /// 16 777 216; about 40 bytes each.</summary>
    public int DedupWindow { get; init; } = 262_144;

    /// <summary>The largest message that is made, in bytes (<c>message_bytes_max</c>); default 524 288, 4 096 to
    /// 16 777 216. The broker's own limit is usually 1 MB.</summary>
    public int MessageBytesMax { get; init; } = 524_288;
}
