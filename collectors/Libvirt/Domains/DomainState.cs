namespace Ops.Collectors.Libvirt.Domains;

/// <summary>The states of a domain in libvirt's numbers, and what Nova calls them.</summary>
/// <remarks>Source: Ceilometer's table, which guesses Nova's status from libvirt's state.</remarks>
internal static class DomainState
{
    /// <summary>The domain does not run.</summary>
    public const int ShutOff = 5;

    /// <summary>The most that is known; a later one is taken for 0, no state.</summary>
    private static readonly string[] PowerStates =
        ["pending", "running", "running", "paused", "shutdown", "shutdown", "crashed", "suspended"];

    private static readonly string[] Statuses =
        ["building", "active", "active", "paused", "stopped", "stopped", "error", "suspended"];

    private static readonly string[] Lifecycle =
        ["defined", "undefined", "started", "suspended", "resumed", "stopped", "shutdown", "pmsuspended", "crashed"];

    /// <summary>Ceilometer's <c>state</c>.</summary>
    public static string Power(int state) => PowerStates[Known(state)];

    /// <summary>Ceilometer's <c>status</c>; in capitals it is the state in the graph.</summary>
    public static string Status(int state) => Statuses[Known(state)];

    /// <summary>The word of a lifecycle event, or null for one that is not known.</summary>
    public static string? Word(int lifecycle) =>
        lifecycle >= 0 && lifecycle < Lifecycle.Length ? Lifecycle[lifecycle] : null;

    private static int Known(int state) => state >= 0 && state < Statuses.Length ? state : 0;
}
