using Confluent.Kafka;
using Ops.Model;

namespace Ops.Pipeline.Publishers.Kafka;

/// <summary>How messages are produced.</summary>
public sealed record KafkaProducerOptions
{
    /// <summary>The words of <see cref="Compression"/>.</summary>
    public static readonly IReadOnlyList<string> Compressions = ["none", "gzip", "snappy", "lz4", "zstd"];

    /// <summary>The words of <see cref="Acks"/>.</summary>
    public static readonly IReadOnlyList<string> AcksWords = ["all", "1", "0"];

    /// <summary>Who must have a message before it counts as sent: all in-sync replicas, the leader (1), no one (0);
    /// default all.</summary>
    public string Acks { get; init; } = "all";

    /// <summary>Whether the broker sorts out what a retry sent twice; needs a broker of 0.11 and acks=all; default
    /// false.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>none, gzip, snappy, lz4 or zstd; default none.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>How long messages may wait to leave together, in ms; default 5, up to 10 000.</summary>
    public int LingerMs { get; init; } = 5;

    /// <summary>How long a message may take until the broker has it; default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes its parameters out of an address.</summary>
    /// <exception cref="FormatException">A parameter is not what it may be.</exception>
    internal static KafkaProducerOptions From(PublisherAddress address)
    {
        var options = new KafkaProducerOptions
        {
            Acks = address.TakeWord("acks", [.. AcksWords]),
            IsIdempotent = address.TakeBool("idempotence", false),
            Compression = address.TakeWord("compression", [.. Compressions]),
            LingerMs = address.TakeInteger("linger_ms", 5, 0, 10_000),
            Timeout = address.TakeSeconds("timeout", TimeSpan.FromSeconds(30)),
        };
        return options is { IsIdempotent: true, Acks: not "all" }
            ? throw new FormatException($"'idempotence' needs 'acks' to be all, found '{options.Acks}'")
            : options;
    }

    /// <summary>The library's configuration.</summary>
    internal ProducerConfig Config(KafkaConnection connection) => connection.Apply(new ProducerConfig
    {
        Acks = Acks switch
        {
            "1" => Confluent.Kafka.Acks.Leader,
            "0" => Confluent.Kafka.Acks.None,
            _ => Confluent.Kafka.Acks.All,
        },
        EnableIdempotence = IsIdempotent,
        CompressionType = Compression switch
        {
            "gzip" => CompressionType.Gzip,
            "snappy" => CompressionType.Snappy,
            "lz4" => CompressionType.Lz4,
            "zstd" => CompressionType.Zstd,
            _ => CompressionType.None,
        },
        LingerMs = LingerMs,
        // A fifth earlier than the queue gives an attempt up, so that the report comes before.
        MessageTimeoutMs = Math.Max(100, (int)(Timeout.TotalMilliseconds * 0.8)),
        // One at a time keeps the order of retries where the broker does not.
        MaxInFlight = IsIdempotent ? 5 : 1,
        Partitioner = Partitioner.Murmur2Random,
        QueueBufferingMaxMessages = 200_000,
        QueueBufferingMaxKbytes = 262_144,
    });
}
