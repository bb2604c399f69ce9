namespace Ops.Collectors.Notifications;

/// <summary>
/// A consumer refuses a notification for good, such as one with a false signature: it goes to the dead letters at once.
/// </summary>
/// <param name="reason">Why, in words for people.</param>
public sealed class NotificationRefusedException(string reason) : Exception(reason);
