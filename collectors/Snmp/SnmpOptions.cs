namespace Ops.Collectors.Snmp;

/// <summary>How SNMP agents are asked: the section <c>snmp</c> of the configuration.</summary>
public sealed record SnmpOptions
{
    /// <summary>The most targets that are listed.</summary>
    public const int TargetsMax = 10_000;

    /// <summary>How long the first answer is waited for; each repetition waits twice as long. Default 1 s, from 50 ms
    /// to 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request without an answer is repeated; default 2, from 0 to 10.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>
    /// The longest that a silent agent is left alone: 5 s after its first silence, then twice as long each time.
    /// Default 2 min, from 0 (it is asked in every round) to 1 h.
    /// </summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many rows of a table are asked for at once; default 20, from 1 to 100.</summary>
    public int MaxRepetitions { get; init; } = 20;

    /// <summary>The most rows of a table; a longer one is refused. Default 10 000, from 1 to 1 000 000.</summary>
    public int RowsMax { get; init; } = 10_000;

    /// <summary>Communities and users by name.</summary>
    public IReadOnlyDictionary<string, SnmpCredential> Credentials { get; init; } =
        new Dictionary<string, SnmpCredential>();

    /// <summary>The agents that discovery <c>snmp</c> finds; default none.</summary>
    public IReadOnlyList<SnmpTarget> Targets { get; init; } = [];
}
