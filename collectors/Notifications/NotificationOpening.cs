namespace Ops.Collectors.Notifications;

/// <summary>What came of opening a message: a notification, or the fault that makes it unreadable.</summary>
/// <param name="Notification">The notification, or null.</param>
/// <param name="UniqueId">What tells copies of a message: oslo's <c>_unique_id</c>, else the message's id, else empty.
/// </param>
/// <param name="Fault">What is wrong, or empty.</param>
internal readonly record struct NotificationOpening(Notification? Notification, string UniqueId, string Fault)
{
    public static NotificationOpening Failed(string fault) => new(null, "", fault);
}
