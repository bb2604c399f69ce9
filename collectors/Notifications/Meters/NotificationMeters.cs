using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>Makes samples of notifications: by definitions, of Ironic's sensors, and of Ceilometer's own messages.
/// </summary>
internal static class NotificationMeters
{
    /// <summary>The samples of a notification, in the order of the definitions.</summary>
    public static IEnumerable<Sample> Read(
        Notification notification, MeterDefinitions definitions, NotificationConversion conversion, SampleMaker maker,
        NotificationTally tally)
    {
        foreach (var told in Told(notification, definitions, conversion, tally))
        {
            if (maker.TryMake(told, notification.At, out var sample))
            {
                yield return sample;
            }
        }
    }

    private static IEnumerable<NotifiedSample> Told(
        Notification notification, MeterDefinitions definitions, NotificationConversion conversion,
        NotificationTally tally)
    {
        if (MeteringMessages.ListOf(notification) is { } list)
        {
            return MeteringMessages.Read(list, conversion.Secret, tally);
        }

        var told = definitions.All
            .Where(definition => definition.Matches(notification.EventType))
            .SelectMany(definition => definition.Read(notification, conversion, tally));
        return notification.EventType.StartsWith(IronicSensors.EventTypePrefix, StringComparison.Ordinal)
            ? told.Concat(IronicSensors.Read(notification, tally))
            : told;
    }
}
