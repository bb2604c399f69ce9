using Ops.Integration.Support;
using Ops.Model;
using Ops.Pipeline.Events;

namespace Ops.Integration.Publishers;

/// <summary>Samples and events on a real RabbitMQ, read by real oslo.messaging and judged by Ceilometer's own
/// code.</summary>
public sealed class NotifierTests(RunningRabbitMq running) : IClassFixture<RunningRabbitMq>, IAsyncLifetime
{
    private readonly RabbitMqServer _broker = running.Broker;
    private readonly Published _published = new();

    private string Place => $"notifier://guest:guest@127.0.0.1:{_broker.Port}/";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _published.DisposeAsync();

    [Fact]
    public async Task Oslo_reads_what_is_published_and_Ceilometer_verifies_it()
    {
        using var reader = Read("ceilometer", "metering", isDurable: false, "metering.jsonl");
        using var events = Read("ceilometer", "event", isDurable: false, "event.jsonl");
        var publisher = _published.Open(Place + "?per_meter_topic=1");
        await _published.PublishAsync(publisher, batches: 2, samples: 3);
        await Published.UntilAsync("all notifications", () => _published.Lines("metering.jsonl").Count == 6);
        var lines = _published.Lines("metering.jsonl");
        Assert.Equal(
            ["metering 3", "metering 3", "metering.cpu0 2", "metering.cpu0 2", "metering.cpu1 1", "metering.cpu1 1"],
            lines.Select(line =>
                $"{line.GetProperty("event_type")} {line.GetProperty("payload").GetArrayLength()}").Order());
        Assert.All(lines, line =>
        {
            Assert.Equal("telemetry.publisher.here", line.GetProperty("publisher_id").GetString());
            Assert.All(line.GetProperty("payload").EnumerateArray(), one =>
                Assert.True(one.GetProperty("verified").GetBoolean()));
        });
        var first = lines[0].GetProperty("payload")[0];
        Assert.Equal("hé'llo", first.GetProperty("resource_metadata").GetProperty("name").GetString());
        Assert.Equal(6, publisher.Counts.Sent);

        await PublishEventAsync();
        await Published.UntilAsync("the event", () => _published.Lines("event.jsonl").Count == 1);
        var one = _published.Lines("event.jsonl")[0];
        Assert.Equal("event", one.GetProperty("event_type").GetString());
        Assert.True(one.GetProperty("payload")[0].GetProperty("verified").GetBoolean());
        Assert.Equal(
            """[["name", 1, "\u00e9"], ["count", 2, 7], ["share", 3, 1.5]]""",
            one.GetProperty("payload")[0].GetProperty("traits").GetRawText());
    }

    [Fact]
    public async Task A_broker_killed_in_mid_stream_costs_no_sample()
    {
        const string parameters = "?topic=kept&exchange=kept&amqp_durable_queues=true&policy=block&timeout=5";
        var publisher = _published.Open(Place + parameters);
        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await _published.PublishAsync(publisher, batches: 5, samples: 4);
                await Task.Delay(50);
            }
        });
        await Published.UntilAsync("the first to be sent", () => publisher.Counts.Sent > 0);
        await _broker.KillAsync();
        Assert.True(publisher.Counts.Balances);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.True(publisher.Counts.Queued > 0);
        await _broker.StartAsync();
        await publishing;
        await Published.UntilAsync("all to be sent", () => publisher.Counts.Sent == 800);
        Assert.Equal((800, 0), (publisher.Counts.Received, publisher.Counts.Queued));

        using var reader = Read("kept", "kept", isDurable: true, "kept.jsonl");
        await Published.UntilAsync("all to be read", () => Volumes("kept.jsonl").Distinct().Count() == 800);
        Assert.Equal(Enumerable.Range(0, 800), Volumes("kept.jsonl").Distinct().Order());

        var other = _published.Open(Place + "?topic=kept&exchange=kept");
        await _published.PublishAsync(other, batches: 1, samples: 1);
        await Published.UntilAsync(
            "one to a queue that is there with other arguments", () => other.Counts.Sent == 1);
    }

    private List<int> Volumes(string name) => [.. _published.Lines(name)
        .SelectMany(line => line.GetProperty("payload").EnumerateArray())
        .Select(one => (int)one.GetProperty("counter_volume").GetDouble())];

    private ChildProcess Read(string exchange, string topic, bool isDurable, string file) => _published.Start(
        Readers.Oslo, topic, _broker.TransportUrl, exchange, topic, isDurable.ToString(), Published.Secret,
        _published.At(file));

    private async Task PublishEventAsync()
    {
        var catalog = EventPublisherCatalog.BuiltIn(new NoSink(), _published.Options());
        Assert.True(catalog.TryOpen(Place, out var publisher, out var problem), problem);
        EventTrait[] traits =
        [
            new("name", TraitType.Text, "é"), new("count", TraitType.Integer, "7"),
            new("share", TraitType.Float, "1.5"),
        ];
        await publisher.PublishAsync([new Event("id", "compute.x", 5, traits, """{"payload":{"a":1}}""")], default);
        await publisher.DisposeAsync();
        Assert.Equal(1, publisher.Counts.Sent);
    }

    private sealed class NoSink : IEventSink
    {
        public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;
    }
}
