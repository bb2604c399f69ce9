using Ops.Model;

namespace Ops.Server.Wiring;

/// <summary>The one picture of the program that API, command line and console read.</summary>
internal sealed class OpsView(Rooms rooms, LiveHub live, StatusReader status) : IOpsView
{
    public IReadOnlyList<AlarmView> Alarms(bool all = false)
    {
        var firing = rooms.Rca.Alarms();
        return all
            ? [.. firing, .. rooms.Alarms.Alarms().Where(alarm => alarm.State != AlarmState.Alarm.Word())]
            : firing;
    }

    public Task<IReadOnlyList<AlarmSpanView>> AlarmHistoryAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        rooms.Store.AlarmHistory.QueryAsync(from, to, limit, cancellationToken);

    public WhyView? Why(string alarmId) => rooms.Rca.Why(alarmId);

    public TopologyView Topology() => rooms.Rca.Topology();

    public EntityView? Entity(EntityRef entity) => rooms.Rca.Entity(entity);

    public IReadOnlyList<TemplateView> Templates() => rooms.Rca.Templates();

    public StatusView Status() => status.Read();

    public Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken) =>
        rooms.Store.Samples.MetersAsync(cancellationToken);

    public Task<IReadOnlyList<SeriesView>> SeriesAsync(
        string? meter, string? resourceId, CancellationToken cancellationToken) =>
        rooms.Store.Samples.SeriesAsync(meter, resourceId, cancellationToken);

    public Task<IReadOnlyList<SeriesPointsView>> RangeAsync(
        RangeRequest request, CancellationToken cancellationToken) =>
        rooms.Store.Samples.RangeAsync(request, cancellationToken);

    public async Task<IReadOnlyList<EventView>> EventsAsync(
        EventRequest request, CancellationToken cancellationToken)
    {
        var events = await rooms.Store.Events.QueryAsync(
            request.Type, request.From.ToUnixNs(), request.To.ToUnixNs(), request.Limit, cancellationToken);
        return [.. events.Select(EventView.Of)];
    }

    public IAsyncEnumerable<LiveEvent> LiveAsync(CancellationToken cancellationToken) =>
        live.ListenAsync(cancellationToken);
}
