namespace Ops.Collectors.Machine;

/// <summary>How the machine is observed.</summary>
public sealed class MachineOptions
{
    /// <summary>How often everything is measured; default 10 s, at least 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often is looked whether a listening service came or went; default 2 s, at most the interval.
    /// </summary>
    public TimeSpan LivenessInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a listening service that vanished is kept, down, before it is deleted; default 1 h.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The machine's id in the graph; default the host name in lower case.</summary>
    public string? MachineName { get; init; }
}
