using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ops.Model;

namespace Ops.Unit.Console;

/// <summary>A view that answers what a test lays into it.</summary>
internal sealed class FakeView : IOpsView
{
    private readonly Channel<LiveEvent> _live = Channel.CreateUnbounded<LiveEvent>();

    public List<AlarmView> AlarmList { get; } = [];

    public Dictionary<string, WhyView> Whys { get; } = [];

    public TopologyView Picture { get; set; } = new([], []);

    public List<TemplateView> TemplateList { get; } = [];

    public List<MeterView> MeterList { get; } = [];

    public List<SeriesPointsView> Data { get; } = [];

    public List<RangeRequest> Asked { get; } = [];

    public Exception? Breaks { get; set; }

    public int Listeners { get; private set; }

    public StatusView Now { get; set; } = new()
    {
        Version = "1.2.3", StartedAt = Some.Now.AddHours(-3), DataFolder = "./ops-data",
        Parts = [new PartView("store", true, "well")],
        Counts = new Dictionary<string, long> { ["samples_received"] = 1234 },
    };

    public IReadOnlyList<AlarmView> Alarms(bool all = false) =>
        Breaks is null ? [.. AlarmList.Where(alarm => all || alarm.State == "alarm")] : throw Breaks;

    public Task<IReadOnlyList<AlarmSpanView>> AlarmHistoryAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlarmSpanView>>([]);

    public WhyView? Why(string alarmId) => Whys.GetValueOrDefault(alarmId);

    public TopologyView Topology() => Picture;

    public EntityView? Entity(EntityRef entity) => Picture.Entities.FirstOrDefault(one => one.Id == entity.Id);

    public Task<IReadOnlyList<EventView>> EventsAsync(
        EventRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EventView>>([]);

    public IReadOnlyList<TemplateView> Templates() => TemplateList;

    public StatusView Status() => Now;

    public Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MeterView>>(MeterList);

    public Task<IReadOnlyList<SeriesView>> SeriesAsync(
        string? meter, string? resourceId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesView>>([.. Data.Select(one => one.Series).Where(series =>
            (meter is null || series.Meter == meter) && (resourceId is null || series.ResourceId == resourceId))]);

    public Task<IReadOnlyList<SeriesPointsView>> RangeAsync(RangeRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult<IReadOnlyList<SeriesPointsView>>([.. Data.Where(one => one.Series.Meter == request.Meter
            && (request.ResourceId is null || one.Series.ResourceId == request.ResourceId))]);
    }

    public async IAsyncEnumerable<LiveEvent> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Listeners++;
        await foreach (var happened in _live.Reader.ReadAllAsync(cancellationToken))
        {
            yield return happened.Kind == "break" ? throw new InvalidOperationException("the stream broke") : happened;
        }
    }

    public void Tell(LiveEvent happened) => _live.Writer.TryWrite(happened);
}
