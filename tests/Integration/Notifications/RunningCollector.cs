using System.Collections.Concurrent;
using Ops.Collectors;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Collectors.Rabbit;
using Ops.Integration.Support;
using Ops.Model;
using Ops.Server.Config;

namespace Ops.Integration.Notifications;

/// <summary>A collector of notifications that runs, with queues of its own, and keeps what it brings.</summary>
internal sealed class RunningCollector : IAsyncDisposable, INotificationConsumer, IEventSink, ISampleSink,
    IObservationSink, IAlarmSink
{
    private readonly CancellationTokenSource _stop = new();
    private readonly NotificationCollector _collector;
    private readonly Task _run;

    public RunningCollector(
        string amqpUrl, string name, Func<CollectorOutlets, IReadOnlyList<INotificationConsumer>>? consumers = null,
        Func<RabbitNotificationOptions, RabbitNotificationOptions>? change = null)
    {
        var options = new RabbitNotificationOptions
        {
            Urls = [new Uri(amqpUrl)],
            Exchanges = [name],
            Topics = [name],
            RedeliveryDelay = TimeSpan.FromMilliseconds(20),
            ReconnectMax = TimeSpan.FromSeconds(1),
            DeadLetterQueue = $"{name}.dead",
        };
        var outlets = new CollectorOutlets(
            new SeriesCatalog(), this, this, this, this, TimeProvider.System, Reports.Enqueue);
        _collector = new NotificationCollector(change?.Invoke(options) ?? options, consumers?.Invoke(outlets) ?? [this],
            outlets);
        _run = _collector.RunAsync(_stop.Token);
    }

    public ConcurrentQueue<string> Reports { get; } = new();

    public ConcurrentQueue<Notification> Notifications { get; } = new();

    public ConcurrentQueue<Event> Events { get; } = new();

    public ConcurrentQueue<(string Meter, double Volume)> Samples { get; } = new();

    /// <summary>What is done with a notification before it is kept; default nothing.</summary>
    public Func<Notification, Task> Before { get; set; } = _ => Task.CompletedTask;

    public string Status => _collector.Status().Detail;

    public bool IsConnected => _collector.Status().Ok;

    public Task ConnectedAsync() => ServerProcess.WaitAsync(
        "the collector to be connected", TimeSpan.FromSeconds(30), () => Task.FromResult(IsConnected));

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken)
    {
        await Before(notification).WaitAsync(cancellationToken);
        Notifications.Enqueue(notification);
    }

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        foreach (var one in events)
        {
            Events.Enqueue(one);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        foreach (var sample in batch.Items)
        {
            Samples.Enqueue((sample.Series.Meter, sample.Volume));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    /// <summary>The consumers of the built-in definitions.</summary>
    public static IReadOnlyList<INotificationConsumer> BuiltIn(CollectorOutlets outlets)
    {
        var faults = new ConfigFaults();
        var etc = Path.Combine(AppContext.BaseDirectory, "etc");
        var events = EventDefinitions.Read(
            YamlReader.ReadFile(Path.Combine(etc, "event_definitions.yaml"), faults), "event_definitions.yaml", faults);
        var meters = MeterDefinitions.Read(
            [YamlReader.ReadFile(Path.Combine(etc, "meters.d", "openstack.yaml"), faults)], faults);
        Assert.Empty(faults.All);
        return
        [
            new EventConsumer(events!, new NotificationConversion(), outlets),
            new MeterConsumer(meters!, new NotificationConversion(), outlets),
        ];
    }

    public static int NumberOf(Notification notification) =>
        notification.Payload.GetProperty("number").GetInt32();
}
