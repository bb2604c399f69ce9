namespace Ops.Model;

/// <summary>
/// What the API, the command line and the console read: one picture of the whole program. Safe for concurrent use.
/// </summary>
public interface IOpsView
{
    /// <summary>
    /// Live alarms, worst and newest first; with <paramref name="all"/> also those that are ok or lack data.
    /// </summary>
    IReadOnlyList<AlarmView> Alarms(bool all = false);

    /// <summary>Alarms that were there at any moment of a time range, newest first, at most that many.</summary>
    Task<IReadOnlyList<AlarmSpanView>> AlarmHistoryAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>Why the alarm with that id is there, or null when there is none.</summary>
    WhyView? Why(string alarmId);

    /// <summary>All live entities and relations.</summary>
    TopologyView Topology();

    /// <summary>One entity, or null.</summary>
    EntityView? Entity(EntityRef entity);

    /// <summary>The templates in force and those refused.</summary>
    IReadOnlyList<TemplateView> Templates();

    /// <summary>How the program fares.</summary>
    StatusView Status();

    /// <summary>The meters that have samples, by name.</summary>
    Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken);

    /// <summary>The series of a meter (all when null), optionally of one resource.</summary>
    Task<IReadOnlyList<SeriesView>> SeriesAsync(string? meter, string? resourceId, CancellationToken cancellationToken);

    /// <summary>Points of series over a time range.</summary>
    Task<IReadOnlyList<SeriesPointsView>> RangeAsync(RangeRequest request, CancellationToken cancellationToken);

    /// <summary>Events of a time range, newest first.</summary>
    Task<IReadOnlyList<EventView>> EventsAsync(EventRequest request, CancellationToken cancellationToken);

    /// <summary>What happens from now on, until cancelled.</summary>
    IAsyncEnumerable<LiveEvent> LiveAsync(CancellationToken cancellationToken);
}
