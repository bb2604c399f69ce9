using Ops.Integration.Support;

namespace Ops.Integration.Notifications;

public sealed class BrokerRestartTests(Bus bus) : IClassFixture<Bus>
{
    private const int Count = 1500;
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_broker_that_restarts_amid_the_stream_loses_nothing_and_doubles_nothing()
    {
        await using var collector = new RunningCollector(
            bus.Server.AmqpUrl, "stream", change: options => options with { Durable = true });
        collector.Before = _ => Task.Delay(1);
        await collector.ConnectedAsync();
        using var publisher = new OsloPublisher(
            bus.Server.TransportUrl, "stream", "messagingv2", isDurable: true, pause: 0.001);
        var sending = publisher.SendAsync("x.y", new { }, count: Count, topic: "stream");
        await ServerProcess.WaitAsync("some", WaitMax, () => Task.FromResult(collector.Notifications.Count > 100));
        await bus.Server.KillAsync();
        await bus.Server.StartAsync();
        await sending;
        await ServerProcess.WaitAsync(
            $"all {Count}", WaitMax,
            () => Task.FromResult(
                collector.Notifications.Select(RunningCollector.NumberOf).Distinct().Count() == Count));
        await Task.Delay(300);
        Assert.Equal(Count, collector.Notifications.Count);
        Assert.Equal(0u, await bus.WaitingAsync("stream.info"));
        Assert.Contains(collector.Reports, line => line.StartsWith("notifications: connected to 127.0.0.1:"));
        Assert.Contains($"{Count} accepted", collector.Status);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_yet_is_waited_for()
    {
        await bus.Server.StopAsync();
        await using var collector = new RunningCollector(bus.Server.AmqpUrl, "late");
        await ServerProcess.WaitAsync("a report", WaitMax, () => Task.FromResult(!collector.Reports.IsEmpty));
        Assert.False(collector.IsConnected);
        Assert.Contains($"127.0.0.1:{bus.Server.Port} cannot be reached: ", collector.Status);
        await bus.Server.StartAsync();
        await collector.ConnectedAsync();
        await bus.SendAsync("late", "late.info", new { event_type = "e" });
        await ServerProcess.WaitAsync("it", WaitMax, () => Task.FromResult(collector.Notifications.Count == 1));
    }
}
