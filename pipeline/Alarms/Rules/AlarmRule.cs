using Ops.Model;

namespace Ops.Alarms.Rules;

/// <summary>A threshold or absence rule, as <c>alarms/*.yaml</c> writes it. Immutable.</summary>
public sealed record AlarmRule
{
    /// <summary>The rule's name, unique among all files.</summary>
    public required string Name { get; init; }

    /// <summary>The meter, or a shell pattern over meters.</summary>
    public required string Meter { get; init; }

    /// <summary>What the series must be like; empty takes all.</summary>
    public IReadOnlyList<AttributeMatch> Where { get; init; } = [];

    /// <summary>The attributes whose values make a group that is judged as one; empty judges each series.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>How the values of a window become one; default mean.</summary>
    public Statistic Statistic { get; init; } = Statistic.Mean;

    /// <summary>
    /// How the members' values of a group become one; default as <see cref="Statistic"/>, but mean for last and rate.
    /// </summary>
    public Statistic Aggregate { get; init; } = Statistic.Mean;

    /// <summary>The width of a window; default 1 minute. Zero judges every sample.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many values decide; 1 to 100, default 1.</summary>
    public int Periods { get; init; } = 1;

    /// <summary>Among how many of the newest values; default <see cref="Periods"/>.</summary>
    public int Of { get; init; } = 1;

    /// <summary>What a value must be for an alarm; null for a rule of absence.</summary>
    public Threshold? When { get; init; }

    /// <summary>How long the threshold must be breached before the alarm fires; default zero.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the alarm stays after the breach ended; default zero.</summary>
    public TimeSpan KeepFiringFor { get; init; }

    /// <summary>For a rule of absence: how long without a sample makes an alarm; else null.</summary>
    public TimeSpan? AbsentFor { get; init; }

    /// <summary>The severity word, upper case; default <c>WARNING</c>.</summary>
    public string Severity { get; init; } = "WARNING";

    /// <summary>What routes and people tell alarms apart by.</summary>
    public Tags Labels { get; init; } = Tags.Empty;

    /// <summary>What to do about it: an address or a sentence; or null.</summary>
    public string? Runbook { get; init; }

    /// <summary>Where it stands, as <c>file:line</c>; not part of what it means.</summary>
    public string Place { get; init; } = "";

    /// <summary>Everything that decides how samples are judged, as text: rules with equal texts judge alike.</summary>
    internal string Meaning => string.Join(
        '\n', Meter, string.Join(',', Where), string.Join(',', By), Statistic, Aggregate, Window, Periods, Of, When,
        For, KeepFiringFor, AbsentFor);
}
