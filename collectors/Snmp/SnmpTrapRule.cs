namespace Ops.Collectors.Snmp;

/// <summary>What a trap does besides being an event.</summary>
public sealed record SnmpTrapRule
{
    /// <summary>The trap's name or OID.</summary>
    public required string Trap { get; init; }

    /// <summary>Objects of the trap, by name or OID without index, that must have these values; default none.</summary>
    public IReadOnlyDictionary<string, string> When { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the interface is meant, not the host.</summary>
    public bool OfInterface { get; init; }

    /// <summary>The state that the entity gets, or null.</summary>
    public string? State { get; init; }

    /// <summary>The alarm that is raised or cleared, or null.</summary>
    public string? Alarm { get; init; }

    /// <summary>The alarm's severity; default <c>WARNING</c>.</summary>
    public string Severity { get; init; } = "WARNING";

    /// <summary>Whether the alarm is cleared.</summary>
    public bool Clears { get; init; }

    /// <summary>The rules of link states.</summary>
    internal static IReadOnlyList<SnmpTrapRule> BuiltIn { get; } =
    [
        new() { Trap = "linkDown", OfInterface = true, State = "DOWN" },
        new() { Trap = "linkUp", OfInterface = true, State = "UP" },
    ];
}
