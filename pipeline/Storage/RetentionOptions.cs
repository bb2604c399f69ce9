namespace Ops.Storage;

/// <summary>How long samples and events are kept.</summary>
/// <remarks>
/// Age counts from a sample's own time or from when it was written, whichever is later: history that is loaded today
/// stays for the whole period.
/// </remarks>
public sealed class RetentionOptions
{
    /// <summary>How long raw samples are kept; default 14 days, at least 1 hour.</summary>
    public TimeSpan Raw { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long events are kept; default 30 days, at least 1 hour.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often what is too old is deleted; default 10 minutes.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);
}
