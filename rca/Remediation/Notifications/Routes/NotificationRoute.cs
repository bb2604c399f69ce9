using Ops.Model;

namespace Ops.Remediation.Notifications.Routes;

/// <summary>Where alarms that fit are sent, as <c>policies/notifications.yaml</c> writes it. Immutable.</summary>
public sealed record NotificationRoute
{
    /// <summary>The route's name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>The receiver: http or https, without user and password.</summary>
    public required Uri Url { get; init; }

    /// <summary>The severity words, upper case; empty takes all.</summary>
    public IReadOnlyList<string> Severities { get; init; } = [];

    /// <summary>A shell pattern over alarm names; null takes all.</summary>
    public string? AlarmName { get; init; }

    /// <summary>A shell pattern over the types of resources; null takes all.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Just deduced (true) or just measured alarms (false); null takes both.</summary>
    public bool? Deduced { get; init; }

    /// <summary>Headers that go with every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What the body looks like; default <see cref="BodyFormat.Ops"/>.</summary>
    public BodyFormat Format { get; init; }

    /// <summary>The key of the signature; null sends none. Never logged, stored or answered.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether the route takes that alarm.</summary>
    public bool Takes(AlarmView alarm) =>
        (Severities.Count == 0 || Severities.Contains(alarm.Severity.ToUpperInvariant()))
        && (AlarmName is null || Glob.Matches(AlarmName, alarm.Name))
        && (ResourceType is null || Glob.Matches(ResourceType, alarm.Resource.Type))
        && (Deduced is null || Deduced == alarm.Deduced);

    /// <summary>Names the route and no secret.</summary>
    public override string ToString() => $"{Name} ({Url.Host})";
}
