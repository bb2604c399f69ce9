using Ops.Model;
using Ops.Pipeline.Buses;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Pipeline.Buses;

public sealed class KafkaBusOptionsTests
{
    [Fact]
    public void A_list_of_brokers_is_enough()
    {
        var (options, faults) = Read("{kind: kafka, brokers: [a:9092, b:9092]}");
        Assert.Empty(faults.All);
        Assert.Equal(("a:9092,b:9092", "ops.samples", "ops-process"),
            (options.Connection.Brokers, options.SampleTopic, options.Group));
        Assert.True(options.Connection.AsksVersion);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var (options, faults) = Read("""
            {kind: kafka, brokers: [a], sample_topic: t, group: g, client_id: c, api_version_request: false,
             broker_version_fallback: 0.9.0.1, tls: true, verify_certificate: false, authority_file: /ca.pem, user: u,
             password: p, sasl_mechanism: scram-sha-256, acks: all, idempotence: true, compression: lz4, linger_ms: 20,
             timeout: 10s, session_timeout: 30s, commit_interval: 500ms, dedup_window: 1000, message_bytes_max: 8192}
            """);
        Assert.Empty(faults.All);
        Assert.Equal(("t", "g", 1000, 8192), (options.SampleTopic, options.Group, options.DedupWindow,
            options.MessageBytesMax));
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(0.5)),
            (options.SessionTimeout, options.CommitInterval));
        Assert.Equal(("0.9.0.1", "u", "scram-sha-256"),
            (options.Connection.FallbackVersion, options.Connection.User, options.Connection.SaslMechanism));
        Assert.Equal(("lz4", 20, true), (options.Producer.Compression, options.Producer.LingerMs,
            options.Producer.IsIdempotent));
    }

    [Fact]
    public void All_faults_are_said_at_once()
    {
        var (_, faults) = Read("""
            kind: rabbit
            topics: x
            acks: "1"
            idempotence: true
            compression: zip
            session_timeout: 1s
            dedup_window: -1
            """);
        Assert.Equal(
            [
                "o.yaml:2:1: unknown key 'topics' in bus; allowed: kind, brokers, sample_topic, group, client_id, "
                    + "api_version_request, broker_version_fallback, tls, verify_certificate, authority_file, user, "
                    + "password, sasl_mechanism, acks, idempotence, compression, linger_ms, timeout, "
                    + "session_timeout, commit_interval, dedup_window, message_bytes_max",
                "o.yaml:1:7: 'kind' of bus must be one of kafka, found 'rabbit'",
                "o.yaml:1:1: bus needs 'brokers', a list such as [kafka-1:9092, kafka-2:9092]",
                "o.yaml:5:14: 'compression' of bus must be one of none, gzip, snappy, lz4, zstd, found 'zip'. "
                    + "Did you mean 'gzip'?",
                "o.yaml:3:7: 'idempotence' of bus needs 'acks' to be all, found '1'",
                "o.yaml:6:18: 'session_timeout' of bus must be from 6s to 300s, found '1s'",
                "o.yaml:7:15: 'dedup_window' of bus must be a whole number from 0 to 16777216, found '-1'",
            ],
            faults.All.Select(fault => fault.ToString()));
    }

    private static (KafkaBusOptions Options, ConfigFaults Faults) Read(string yaml)
    {
        var faults = new ConfigFaults();
        return (KafkaBusOptionsReader.Read(YamlReader.Read(yaml, "o.yaml", faults)!, faults), faults);
    }
}
