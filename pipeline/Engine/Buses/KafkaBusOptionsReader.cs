using Ops.Model;
using Ops.Pipeline.Publishers.Kafka;

namespace Ops.Pipeline.Buses;

/// <summary>Reads the mapping under <c>bus</c> where its <c>kind</c> is <c>kafka</c>.</summary>
public static class KafkaBusOptionsReader
{
    private const string What = "bus";

    private static readonly string[] Keys =
    [
        "kind", "brokers", "sample_topic", "group", "client_id", "api_version_request", "broker_version_fallback",
        "tls", "verify_certificate", "authority_file", "user", "password", "sasl_mechanism", "acks", "idempotence",
        "compression", "linger_ms", "timeout", "session_timeout", "commit_interval", "dedup_window",
        "message_bytes_max",
    ];

    /// <summary>Reads the options; faults are reported at their places, and leave the default.</summary>
    public static KafkaBusOptions Read(ConfigNode node, ConfigFaults faults)
    {
        var defaults = new KafkaBusOptions { Connection = new KafkaConnection { Brokers = "" } };
        if (!faults.Keys(node, What, Keys))
        {
            return defaults;
        }

        _ = Word(node, "kind", ["kafka"], "kafka", faults);
        return defaults with
        {
            Connection = Connection(node, faults),
            Producer = Producer(node, faults),
            SampleTopic = faults.Text(node, "sample_topic", What) ?? defaults.SampleTopic,
            Group = faults.Text(node, "group", What) ?? defaults.Group,
            SessionTimeout = Duration(node, "session_timeout", defaults.SessionTimeout, 6, 300, faults),
            CommitInterval = Duration(node, "commit_interval", defaults.CommitInterval, 0.1, 60, faults),
            DedupWindow = faults.Integer(node, "dedup_window", What, 0, 16_777_216) ?? defaults.DedupWindow,
            MessageBytesMax = faults.Integer(node, "message_bytes_max", What, 4096, 16_777_216)
                ?? defaults.MessageBytesMax,
        };
    }

    private static KafkaConnection Connection(ConfigNode node, ConfigFaults faults)
    {
        var brokers = faults.List(node, "brokers", What).Select(item => item.Text ?? "").ToList();
        if (brokers.Count == 0 && node["brokers"]?.Kind != ConfigNodeKind.Scalar)
        {
            faults.Add(node["brokers"] ?? node, "bus needs 'brokers', a list such as [kafka-1:9092, kafka-2:9092]");
        }

        return new KafkaConnection
        {
            Brokers = string.Join(',', brokers),
            ClientId = faults.Text(node, "client_id", What) ?? "ops",
            AsksVersion = faults.Bool(node, "api_version_request", What) ?? true,
            FallbackVersion = faults.Text(node, "broker_version_fallback", What),
            IsTls = faults.Bool(node, "tls", What) ?? false,
            VerifiesCertificate = faults.Bool(node, "verify_certificate", What) ?? true,
            AuthorityFile = faults.Text(node, "authority_file", What),
            User = faults.Text(node, "user", What),
            Password = faults.Text(node, "password", What),
            SaslMechanism = Word(node, "sasl_mechanism", KafkaConnection.SaslMechanisms, "plain", faults),
        };
    }

    private static KafkaProducerOptions Producer(ConfigNode node, ConfigFaults faults)
    {
        var options = new KafkaProducerOptions
        {
            Acks = Word(node, "acks", KafkaProducerOptions.AcksWords, "all", faults),
            IsIdempotent = faults.Bool(node, "idempotence", What) ?? false,
            Compression = Word(node, "compression", KafkaProducerOptions.Compressions, "none", faults),
            LingerMs = faults.Integer(node, "linger_ms", What, 0, 10_000) ?? 5,
            Timeout = Duration(node, "timeout", TimeSpan.FromSeconds(30), 1, 3600, faults),
        };
        if (options is { IsIdempotent: true, Acks: not "all" })
        {
            faults.Add(node["acks"]!, $"'idempotence' of bus needs 'acks' to be all, found '{options.Acks}'");
            return options with { Acks = "all" };
        }

        return options;
    }

    private static string Word(
        ConfigNode node, string key, IReadOnlyList<string> allowed, string absent, ConfigFaults faults)
    {
        var text = faults.Text(node, key, What);
        if (text is null || allowed.Contains(text))
        {
            return text ?? absent;
        }

        faults.NotOneOf(node[key]!, $"'{key}' of bus", [.. allowed]);
        return absent;
    }

    private static TimeSpan Duration(
        ConfigNode node, string key, TimeSpan absent, double minSeconds, double maxSeconds, ConfigFaults faults)
    {
        var found = faults.Duration(node, key, What);
        if (found is { } some && (some.TotalSeconds < minSeconds || some.TotalSeconds > maxSeconds))
        {
            faults.Add(node[key]!, FormattableString.Invariant(
                $"'{key}' of bus must be from {minSeconds}s to {maxSeconds}s, found '{node[key]!.Text}'"));
            return absent;
        }

        return found ?? absent;
    }
}
