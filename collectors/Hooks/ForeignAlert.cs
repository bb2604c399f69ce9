namespace Ops.Collectors.Hooks;

/// <summary>What another monitor tells of one of its alarms.</summary>
internal sealed record ForeignAlert
{
    /// <summary>
    /// The monitor, which becomes the alarm's type: <c>prometheus</c>, <c>zabbix</c> or <c>nagios</c>.
    /// </summary>
    public required string Monitor { get; init; }

    public required string Name { get; init; }

    public required string Severity { get; init; }

    public required bool IsFiring { get; init; }

    /// <summary>What tells it apart from all others of its monitor.</summary>
    public required string Identity { get; init; }

    public required string Reason { get; init; }

    /// <summary>When it began or ended; null where it is not told.</summary>
    public DateTimeOffset? At { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The labels that tell alarms of one name on one resource apart.</summary>
    public IReadOnlyList<string> Telling { get; init; } = [];

    public double? Value { get; init; }

    public string? Runbook { get; init; }
}
