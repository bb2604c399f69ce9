namespace Ops.Collectors.Keystone;

/// <summary>A cloud that did not answer as it should; the message names cloud and service, never a secret.</summary>
/// <param name="message">What was asked and what came.</param>
/// <param name="isPermanent">Whether asking again is in vain until somebody changes something.</param>
public sealed class CloudException(string message, bool isPermanent) : Exception(message)
{
    /// <summary>Whether asking again is in vain until somebody changes something.</summary>
    public bool IsPermanent { get; } = isPermanent;

    /// <summary>Whether what was asked for is not there: the answer was 404, or no such service is listed.</summary>
    public bool IsMissing { get; init; }
}
