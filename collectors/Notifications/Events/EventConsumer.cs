using System.Text.Json;
using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>
/// Makes events of notifications of the priorities info and error, and hands them over. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Lists of events that a Ceilometer agent published (event type <c>event</c>, priority sample) are taken as they are,
/// their signatures verified where a secret is set.
/// </remarks>
/// <param name="definitions">What makes which event.</param>
/// <param name="conversion">What is kept and dropped.</param>
/// <param name="outlets">Takes the events.</param>
public sealed class EventConsumer(
    EventDefinitions definitions, NotificationConversion conversion, CollectorOutlets outlets) : INotificationConsumer
{
    private volatile EventDefinitions _definitions = definitions;

    /// <summary>What was made and what was left out.</summary>
    public NotificationTally Tally { get; } = new();

    /// <summary>Makes what comes from now on by other definitions.</summary>
    public void Reload(EventDefinitions definitions) => _definitions = definitions;

    /// <inheritdoc/>
    public async ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken)
    {
        var events = notification switch
        {
            { Priority: "info" or "error" } => Built(notification),
            { Priority: "sample", EventType: "event", Payload.ValueKind: JsonValueKind.Array } =>
                Published(notification),
            _ => [],
        };
        if (events.Count > 0)
        {
            await outlets.Events.AcceptAsync(events, cancellationToken).ConfigureAwait(false);
            Tally.Make(events.Count);
        }
    }

    private IReadOnlyList<Event> Built(Notification notification) =>
        EventBuilder.Build(notification, _definitions, conversion, Tally) is { } built ? [built] : [];

    private List<Event> Published(Notification notification)
    {
        var events = new List<Event>();
        foreach (var message in notification.Payload.EnumerateArray())
        {
            if (!MessageSignature.Verify(message, conversion.Secret))
            {
                throw new NotificationRefusedException("an event's signature does not fit the secret");
            }

            if (EventBuilder.Read(message) is { } read)
            {
                events.Add(read);
            }
            else
            {
                Tally.Drop("malformed");
            }
        }

        return events;
    }
}
