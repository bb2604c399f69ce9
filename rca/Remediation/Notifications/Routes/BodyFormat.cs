namespace Ops.Remediation.Notifications.Routes;

/// <summary>What the body of a webhook looks like.</summary>
public enum BodyFormat
{
    /// <summary>Our own JSON, with causes and impact.</summary>
    Ops,

    /// <summary>Alertmanager's webhook, version 4.</summary>
    Alertmanager,

    /// <summary>A CloudEvent 1.0 in structured JSON, with our own JSON as data.</summary>
    CloudEvents,
}
