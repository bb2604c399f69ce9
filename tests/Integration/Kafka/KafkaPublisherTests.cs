using System.Text.Json;
using Ops.Integration.Support;

namespace Ops.Integration.Kafka;

/// <summary>Samples published to a real Kafka, old as it is, and read with a client that is not ours.</summary>
public sealed class KafkaPublisherTests(KafkaPublisherTests.Broker fixture) : IClassFixture<KafkaPublisherTests.Broker>
{
    private const string Old = "api_version_request=false&broker_version_fallback=0.9.0.1";

    private readonly PublishedSamples _some = new();

    [Fact]
    public async Task Each_sample_is_a_message_keyed_by_its_resource()
    {
        var kafka = fixture.Kafka;
        var samples = Enumerable.Range(0, 500).Select(i => _some.Polled("cpu", $"r{i % 7}", i)).ToArray();
        var counts = await _some.PublishAsync($"kafka://{kafka.Address}?topic=plain&{Old}", samples);
        Assert.Equal(500, counts.Sent);
        var messages = await kafka.ReadAsync("plain");
        Assert.Equal(500, messages.Count);
        var volumes = new HashSet<double>();
        foreach (var (key, value) in messages)
        {
            using var json = JsonDocument.Parse(value);
            Assert.Equal(key, json.RootElement.GetProperty("resource_id").GetString());
            Assert.Equal("cpu", json.RootElement.GetProperty("counter_name").GetString());
            volumes.Add(json.RootElement.GetProperty("counter_volume").GetDouble());
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(i => (double)i), volumes.Order());
    }

    [Fact]
    public async Task A_broker_killed_and_restarted_costs_no_sample()
    {
        await using var kafka = new KafkaBroker();
        await kafka.StartAsync();
        var publisher = _some.Open($"kafka://{kafka.Address}?topic=crash&policy=block&timeout=4&{Old}");
        var sent = 0;
        async Task SendAsync(int batches)
        {
            for (var i = 0; i < batches; i++)
            {
                using var batch = PublishedSamples.Batch(
                    Enumerable.Range(sent, 100).Select(volume => _some.Polled("m", $"r{volume % 5}", volume)));
                sent += 100;
                await publisher.PublishAsync(batch, default);
                Assert.True(publisher.Counts.Balances);
            }
        }

        await SendAsync(5);
        await ServerProcess.WaitAsync(
            "the first samples", TimeSpan.FromSeconds(20), () => Task.FromResult(publisher.Counts.Sent > 0));
        await kafka.KillBrokerAsync();
        await SendAsync(10);
        Assert.True(publisher.Counts.Queued > 0);
        await kafka.StartBrokerAsync();
        await SendAsync(5);
        await ServerProcess.WaitAsync(
            "the queue to drain", TimeSpan.FromSeconds(40), () => Task.FromResult(publisher.Counts.Queued == 0));
        await publisher.DisposeAsync();
        Assert.Equal((2000, 2000), (publisher.Counts.Received, publisher.Counts.Sent));
        var volumes = (await kafka.ReadAsync("crash")).Select(message =>
        {
            using var json = JsonDocument.Parse(message.Value);
            return (int)json.RootElement.GetProperty("counter_volume").GetDouble();
        });
        Assert.Equal(Enumerable.Range(0, 2000), volumes.Distinct().Order());
    }

    public sealed class Broker : IAsyncLifetime
    {
        public KafkaBroker Kafka { get; } = new();

        public async ValueTask InitializeAsync() => await Kafka.StartAsync();

        public ValueTask DisposeAsync() => Kafka.DisposeAsync();
    }
}
