using System.Text;
using System.Text.Json;
using Ops.Collectors;
using Ops.Collectors.Notifications;
using Ops.Collectors.Notifications.Events;
using Ops.Collectors.Notifications.Meters;
using Ops.Model;
using Ops.Server.Config;
using Xunit;

namespace Ops.Unit.Collectors.Notifications;

/// <summary>Builders of what tests of notifications need.</summary>
internal static class SomeNotification
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Notification Of(string payload, string eventType = "x.y", string priority = "INFO") => Open(
        $$"""
        {"message_id": "m-1", "publisher_id": "compute.host-1", "event_type": "{{eventType}}",
         "priority": "{{priority}}", "timestamp": "2026-03-01 10:20:30.5", "payload": {{payload}},
         "_context_user_id": "cu", "_context_project_id": "cp", "_context_request_id": "req-1"}
        """);

    public static Notification Open(string json)
    {
        var opening = NotificationEnvelope.Open(Encoding.UTF8.GetBytes(json), "info", Now);
        Assert.Equal("", opening.Fault);
        return opening.Notification!;
    }

    public static EventDefinitions Events(string yaml)
    {
        var faults = new ConfigFaults();
        var definitions = EventDefinitions.Read(YamlReader.Read(yaml, "e.yaml", faults), "e.yaml", faults);
        Assert.Empty(faults.All);
        return definitions!;
    }

    public static string[] EventFaults(string yaml)
    {
        var faults = new ConfigFaults();
        Assert.Null(EventDefinitions.Read(YamlReader.Read(yaml, "e.yaml", faults), "e.yaml", faults));
        return [.. faults.All.Select(fault => fault.ToString())];
    }

    public static MeterDefinitions Meters(params string[] files)
    {
        var faults = new ConfigFaults();
        var definitions = MeterDefinitions.Read(files.Select(yaml => YamlReader.Read(yaml, "m.yaml", faults)), faults);
        Assert.Empty(faults.All);
        return definitions!;
    }

    public static string[] MeterFaults(string yaml)
    {
        var faults = new ConfigFaults();
        Assert.Null(MeterDefinitions.Read([YamlReader.Read(yaml, "m.yaml", faults)], faults));
        return [.. faults.All.Select(fault => fault.ToString())];
    }

    public static JsonElement Json(string text) => JsonElement.Parse(text);
}

/// <summary>Takes whatever collectors bring.</summary>
internal sealed class RecordingOutlets : IEventSink, IAlarmSink
{
    public RecordingSink Sink { get; } = new();

    public List<Event> Events { get; } = [];

    public List<string> Reports { get; } = [];

    public Exception? Fails { get; set; }

    public CollectorOutlets Outlets(TimeProvider? time = null) =>
        new(new SeriesCatalog(), Sink, Sink, this, this, time ?? TimeProvider.System, Reports.Add);

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        if (Fails is not null)
        {
            return ValueTask.FromException(Fails);
        }

        Events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
