using System.Text;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Meters;
using Ops.Integration.Support;
using RabbitMQ.Client;

namespace Ops.Integration.Notifications;

public sealed class NotificationCollectorTests(Bus bus) : IClassFixture<Bus>
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("messagingv2", "both_v2")]
    [InlineData("messaging", "both_v1")]
    public async Task Notifications_of_oslo_messaging_become_events_and_samples(string version, string name)
    {
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, name, RunningCollector.BuiltIn);
        using var publisher = new OsloPublisher(bus.Server.TransportUrl, name, version);
        var volume = new { volume_id = "v-1", tenant_id = "p1", user_id = "u1", size = 5, display_name = "data" };
        await publisher.SendAsync("volume.create.end", volume, topic: name);
        await publisher.SendAsync("volume.create.error", volume, "error", topic: name);
        await publisher.SendAsync("volume.create.odd", volume, "warn", topic: name);
        await ServerProcess.WaitAsync("both events", WaitMax, () => Task.FromResult(collector.Events.Count >= 2));
        Assert.Equal(["volume.create.end", "volume.create.error"], collector.Events.Select(one => one.Type));
        Assert.Equal(
            [
                "display_name=data", "project_id=p1", "request_id=req-1", "resource_id=v-1", "service=compute.host-1",
                "size=5", "tenant_id=p1", "user_id=u1",
            ],
            collector.Events.First().Traits.Select(trait => $"{trait.Name}={trait.Value}")
                .Order(StringComparer.Ordinal));
        Assert.Equal([("volume.size", 5.0)], collector.Samples);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_to_the_dead_letters_at_once()
    {
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "poison");
        await collector.ConnectedAsync();
        await bus.SendAsync("poison", "poison.info", "not json"u8.ToArray());
        await bus.SendAsync("poison", "poison.error", new { message_id = "m" });
        await bus.SendAsync("poison", "poison.info", new { event_type = "fine" });
        var first = await bus.TakeAsync("poison.dead");
        var second = await bus.TakeAsync("poison.dead");
        Assert.Equal("not json"u8.ToArray(), first.Body.ToArray());
        Assert.StartsWith("the message is not JSON: ", Header(first, "x-ops-reason"));
        Assert.Equal("the message has no event_type", Header(second, "x-ops-reason"));
        Assert.Equal(("poison", "poison.error", "0"), (
            Header(second, "x-ops-exchange"), Header(second, "x-ops-routing-key"), Header(second, "x-ops-failures")));
        await ServerProcess.WaitAsync(
            "the good one", WaitMax, () => Task.FromResult(collector.Notifications.Count == 1));
        Assert.Contains("3 received, 1 accepted, 0 duplicates, 0 sent back, 2 dead letters", collector.Status);
    }

    [Fact]
    public async Task A_message_that_fails_is_delivered_again_a_few_times_while_others_pass()
    {
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "again");
        var attempts = 0;
        collector.Before = notification =>
        {
            if (notification.EventType != "bad")
            {
                return Task.CompletedTask;
            }

            attempts++;
            throw new InvalidOperationException("cannot digest");
        };
        await collector.ConnectedAsync();
        await bus.SendAsync("again", "again.info", new { event_type = "bad", message_id = "m-bad" });
        await bus.SendAsync("again", "again.info", new { event_type = "good", message_id = "m-good" });
        var dead = await bus.TakeAsync("again.dead");
        Assert.Equal("failed 4 times, last: cannot digest", Header(dead, "x-ops-reason"));
        Assert.Equal("4", Header(dead, "x-ops-failures"));
        Assert.Equal(4, attempts);
        Assert.Equal("good", Assert.Single(collector.Notifications).EventType);
        await ServerProcess.WaitAsync("the counts", WaitMax, () => Task.FromResult(collector.Status.Contains(
            "5 received, 1 accepted, 0 duplicates, 3 sent back, 1 dead letters")));
        Assert.Contains(
            "notifications: a message of again.info failed and is delivered again (1 of 3): cannot digest",
            collector.Reports);
    }

    [Fact]
    public async Task A_false_signature_is_refused_at_once()
    {
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "signed", outlets =>
            [new MeterConsumer(MeterDefinitions.Empty, new NotificationConversion { Secret = "s" }, outlets)]);
        await collector.ConnectedAsync();
        await bus.SendAsync("signed", "signed.sample", new
        {
            event_type = "telemetry.polling",
            payload = new { samples = new[] { new { counter_name = "cpu", message_signature = "00" } } },
        });
        var dead = await bus.TakeAsync("signed.dead");
        Assert.Equal("the signature of sample 1 of 1 does not fit the secret", Header(dead, "x-ops-reason"));
        Assert.Empty(collector.Samples);
    }

    [Fact]
    public async Task Copies_of_a_message_are_taken_once()
    {
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "copies");
        await collector.ConnectedAsync();
        foreach (var id in new[] { "u1", "u2", "u1", "u1" })
        {
            await bus.SendAsync("copies", "copies.info", new { event_type = "e", message_id = "m", _unique_id = id });
        }

        await ServerProcess.WaitAsync("all four", WaitMax, () => Task.FromResult(
            collector.Status.Contains("4 received, 2 accepted, 2 duplicates")));
        Assert.Equal(2, collector.Notifications.Count);
    }

    [Fact]
    public async Task A_queue_that_exists_otherwise_is_used_as_it_is()
    {
        await using (var channel = await bus.ChannelAsync())
        {
            await channel.ExchangeDeclareAsync("other", ExchangeType.Topic, durable: true);
            var arguments = new Dictionary<string, object?> { ["x-message-ttl"] = 600_000 };
            await channel.QueueDeclareAsync(
                "other.info", durable: true, exclusive: false, autoDelete: false, arguments);
        }

        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "other");
        await collector.ConnectedAsync();
        await bus.SendAsync("other", "other.info", new { event_type = "e" });
        await bus.SendAsync("other", "other.error", new { event_type = "e" });
        await ServerProcess.WaitAsync("both", WaitMax, () => Task.FromResult(collector.Notifications.Count == 2));
    }

    [Fact]
    public async Task Messages_in_hand_are_bounded_and_go_back_when_the_collector_stops()
    {
        await using var first = new RunningCollector(
            bus.Server.AmqpUrl, "slow", change: options => options with { Prefetch = 7 });
        first.Before = _ => Task.Delay(Timeout.InfiniteTimeSpan);
        await first.ConnectedAsync();
        for (var i = 0; i < 20; i++)
        {
            await bus.SendAsync("slow", "slow.info", new { event_type = "e", message_id = $"m{i}" });
        }

        await ServerProcess.WaitAsync("seven in hand", WaitMax, async () => await bus.WaitingAsync("slow.info") == 13);
        await Task.Delay(200);
        Assert.Equal(13u, await bus.WaitingAsync("slow.info"));
        await first.StopAsync();
        Assert.Empty(first.Notifications);

        await using var second = new RunningCollector(bus.Server.AmqpUrl, "slow");
        await ServerProcess.WaitAsync("all of them", WaitMax, () => Task.FromResult(second.Notifications.Count == 20));
        Assert.Equal(20, second.Notifications.Select(one => one.MessageId).Distinct().Count());
    }

    private static string Header(BasicGetResult message, string name) =>
        message.BasicProperties.Headers![name] is byte[] text
            ? Encoding.UTF8.GetString(text)
            : $"{message.BasicProperties.Headers[name]}";
}
