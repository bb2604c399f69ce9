namespace Ops.Collectors.Notifications.Paths;

/// <summary>A path does not follow the grammar; never leaves <see cref="JsonPath"/>.</summary>
internal sealed class PathSyntaxException(string message) : Exception(message);
