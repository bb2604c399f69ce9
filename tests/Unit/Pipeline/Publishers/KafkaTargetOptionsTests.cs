using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Ops.Model;
using Ops.Pipeline.Publishers;
using Ops.Pipeline.Publishers.Kafka;
using Xunit;

namespace Ops.Unit.Pipeline.Publishers;

public sealed class KafkaTargetOptionsTests
{
    [Fact]
    public void An_old_broker_is_told_by_two_parameters()
    {
        var options = From("kafka://a:9092,b:9092?topic=t&api_version_request=false&broker_version_fallback=0.9.0.1");
        var config = options.Producer.Config(options.Connection);
        Assert.Equal("t", options.Topic);
        Assert.Equal("a:9092,b:9092", config.BootstrapServers);
        Assert.Equal((false, "0.9.0.1"), (config.ApiVersionRequest, config.BrokerVersionFallback));
        Assert.Equal((Acks.All, false, 24_000), (config.Acks, config.EnableIdempotence, config.MessageTimeoutMs));
    }

    [Fact]
    public void User_and_tls_choose_the_protocol()
    {
        var options = From("kafka://me:p%3Aw@b:9093/?ssl=1&sasl_mechanism=scram-sha-512&idempotence=1");
        var config = options.Producer.Config(options.Connection);
        Assert.Equal(("ceilometer", "b:9093"), (options.Topic, config.BootstrapServers));
        Assert.Equal(SecurityProtocol.SaslSsl, config.SecurityProtocol);
        Assert.Equal(("me", "p:w", (SaslMechanism?)SaslMechanism.ScramSha512, true),
            (config.SaslUsername, config.SaslPassword, config.SaslMechanism, config.EnableIdempotence));
    }

    [Theory]
    [InlineData("kafka://?topic=x", "it names no broker, as in 'kafka://host:9092?topic=ceilometer'")]
    [InlineData("kafka://b?topic=a b", "'topic' must be 1 to 249 of letters, digits, '.', '_' and '-', found 'a b'")]
    [InlineData("kafka://b?acks=two", "'acks' must be one of all, 1, 0, found 'two'")]
    [InlineData("kafka://b?acks=1&idempotence=1", "'idempotence' needs 'acks' to be all, found '1'")]
    [InlineData("kafka://b?linger_ms=x", "'linger_ms' must be a whole number from 0 to 10000, found 'x'")]
    public void A_faulty_address_is_refused(string address, string problem) =>
        Assert.Equal(problem, Published.Refusal(address));

    [Fact]
    public void A_message_is_in_the_counter_form()
    {
        var sample = new SeriesCatalog().Sample("cpu", 1.5, 1, MeterKind.Cumulative);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            CounterJson.Write(json, sample, Guid.Empty);
        }

        var expected = JsonNode.Parse("""
            {"source":"openstack","counter_name":"cpu","counter_type":"cumulative","counter_unit":"B",
             "counter_volume":1.5,"user_id":"u1","project_id":"p1","resource_id":"r1",
             "timestamp":"2016-01-01T00:00:01Z","resource_metadata":{},
             "message_id":"00000000-0000-0000-0000-000000000000","monotonic_time":null,"message_signature":""}
            """);
        Assert.Equal(expected!.ToJsonString(), JsonNode.Parse(Encoding.UTF8.GetString(bytes.WrittenSpan))!
            .ToJsonString());
    }

    private static KafkaTargetOptions From(string address) =>
        KafkaTargetOptions.From(PublisherAddress.Parse(address));
}
