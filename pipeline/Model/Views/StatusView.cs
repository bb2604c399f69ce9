namespace Ops.Model;

/// <summary>A template as lists show it.</summary>
public sealed record TemplateView(
    string Name, string Version, string Status, string? Description, string File, int Scenarios, int Matches);

/// <summary>A part of the program and how it fares.</summary>
/// <param name="Name">Such as <c>machine</c>, <c>pipeline</c>, <c>store</c>.</param>
/// <param name="Ok">Whether it works.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Essential">Whether the program is not ready without it; a webhook's receiver, say, is not.</param>
public sealed record PartView(string Name, bool Ok, string Detail, bool Essential = true);

/// <summary>How the program fares.</summary>
public sealed record StatusView
{
    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where its data lies.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The parts.</summary>
    public required IReadOnlyList<PartView> Parts { get; init; }

    /// <summary>Publishers that are open, with what became of what they were given.</summary>
    public IReadOnlyList<PublisherView> Publishers { get; init; } = [];

    /// <summary>
    /// Counts: samples_received, samples_stored, samples_dropped, series, entities, relations, alarms.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }
}

/// <summary>
/// Something that just happened, for the live stream: an alarm that came or went, an entity whose state changed.
/// </summary>
/// <param name="Kind"><c>alarm</c>, <c>entity</c> or <c>samples</c>.</param>
/// <param name="At">When.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="Alarm">The alarm, for kind alarm.</param>
public sealed record LiveEvent(string Kind, DateTimeOffset At, string Text, AlarmView? Alarm = null);
