using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ops.Model;

namespace Ops.Browser;

/// <summary>A rich picture of a program that does not run: trouble on a machine, or, when calm, none.</summary>
internal sealed class FakeOpsView(TimeProvider clock) : IOpsView
{
    private readonly Lock _gate = new();
    private readonly List<Channel<LiveEvent>> _listeners = [];
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>Whether nothing is wrong.</summary>
    public bool Calm { get; set; }

    /// <summary>How many more services there are.</summary>
    public int Extra { get; set; }

    public IReadOnlyList<AlarmView> Alarms(bool all = false) =>
        [.. Calm ? [] : FakeAlarms.All(_startedAt), .. all ? [FakeAlarms.Quiet(_startedAt)] : Array.Empty<AlarmView>()];

    public Task<IReadOnlyList<AlarmSpanView>> AlarmHistoryAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlarmSpanView>>([]);

    public WhyView? Why(string alarmId) => FakeAlarms.Why(Alarms(all: true), alarmId);

    public TopologyView Topology() => FakeWorld.Topology(Calm, Extra);

    public EntityView? Entity(EntityRef entity) =>
        Topology().Entities.FirstOrDefault(one => one.Type == entity.Type && one.Id == entity.Id);

    public Task<IReadOnlyList<EventView>> EventsAsync(
        EventRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EventView>>([]);

    public IReadOnlyList<TemplateView> Templates() =>
    [
        new("service_gone", "3", "ok", "A service that is gone makes those that were connected to it suffer.",
            "etc/templates/service_gone.yaml", 2, Calm ? 0 : 2),
        new("filesystem_full", "3", "ok", "A full filesystem degrades the services that write to it.",
            "etc/templates/filesystem_full.yaml", 1, Calm ? 0 : 3),
        new("disk_saturated", "3", "ok", "A saturated disk degrades what lies on it.",
            "etc/templates/disk_saturated.yaml", 2, 0),
        new("my_own", "3",
            "refused: my_own.yaml:14:9: condition names 'hst', which entities do not declare. Did you mean 'host'?",
            null, "etc/templates/my_own.yaml", 1, 0),
    ];

    public StatusView Status() => new()
    {
        Version = "0.1.0", StartedAt = _startedAt.AddHours(-7), DataFolder = "./ops-data",
        Parts =
        [
            new("machine", true, "polled 4 s ago in 26 ms, 214 samples"),
            new("pipeline", true, "1 source, 1 sink, nothing waits"),
            new("store", true, "flushed 0.4 s ago, 31 MiB on disk"), new("alarms", true, "9 rules watch 84 series"),
            new("graph", true, "24 entities, 43 relations"),
            new("webhooks", Calm, "http://127.0.0.1:9099/hook does not answer, 3 wait"),
        ],
        Counts = new Dictionary<string, long>
        {
            ["samples_received"] = 1_204_311, ["samples_stored"] = 1_204_298, ["samples_dropped"] = 13,
            ["series"] = 214,
            ["entities"] = 24, ["relations"] = 43, ["alarms"] = Calm ? 0 : 7,
        },
    };

    public Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken) =>
        Task.FromResult(FakeMeters.Meters);

    public Task<IReadOnlyList<SeriesView>> SeriesAsync(
        string? meter, string? resourceId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesView>>([.. FakeMeters.Series(meter, resourceId, clock.GetUtcNow())]);

    public Task<IReadOnlyList<SeriesPointsView>> RangeAsync(RangeRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Task.FromResult<IReadOnlyList<SeriesPointsView>>(
            [.. FakeMeters.Series(request.Meter, request.ResourceId, now)
                .Select(series => FakeMeters.Points(series, request, now))]);
    }

    public async IAsyncEnumerable<LiveEvent> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<LiveEvent>(100);
        lock (_gate)
        {
            _listeners.Add(channel);
        }

        foreach (var alarm in Alarms().Take(5))
        {
            yield return new LiveEvent(
                "alarm", alarm.Since, $"{alarm.Name} on {alarm.Resource.Name} was raised", alarm);
        }

        await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return happened;
        }
    }

    /// <summary>Makes something happen.</summary>
    public void Tell(string text)
    {
        lock (_gate)
        {
            foreach (var listener in _listeners)
            {
                listener.Writer.TryWrite(new LiveEvent("alarm", clock.GetUtcNow(), text));
            }
        }
    }
}
