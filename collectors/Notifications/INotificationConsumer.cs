namespace Ops.Collectors.Notifications;

/// <summary>Makes something of notifications: events, samples, observations.</summary>
public interface INotificationConsumer
{
    /// <summary>
    /// Takes one; when the task is done it is accepted and will be acknowledged. An exception has it delivered again,
    /// a few times, and then puts it to the dead letters with the exception's message.
    /// </summary>
    ValueTask ConsumeAsync(Notification notification, CancellationToken cancellationToken);
}
