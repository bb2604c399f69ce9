namespace Ops.Collectors.Snmp.Traps;

/// <summary>What a datagram was: a notification, or why it was not taken. A report may be due in either case.</summary>
/// <param name="Trap">The notification, or null.</param>
/// <param name="Dropped">Why it was not taken, such as <c>unknown community</c>; null for what asks for nothing else.
/// </param>
/// <param name="Report">What the sender is told at once, or null.</param>
internal readonly record struct TrapOutcome(SnmpTrap? Trap, string? Dropped, byte[]? Report = null)
{
    /// <summary>One that was not taken.</summary>
    public static TrapOutcome Drop(string reason, byte[]? report = null) => new(null, reason, report);
}
