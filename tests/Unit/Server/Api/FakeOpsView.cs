using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ops.Model;

namespace Ops.Unit.Server.Api;

/// <summary>A small world: a service that is gone, and one that depends on it.</summary>
internal sealed class FakeOpsView : IOpsView
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly AlarmView Gone = new()
    {
        Id = "a1b2c3",
        Name = "service gone",
        Severity = "CRITICAL",
        State = "alarm",
        Resource = new ResourceView("service", "nginx:80", "nginx"),
        Since = Noon,
        Reason = "machine.service.up last 0 < 1",
    };

    public static readonly AlarmView Lost = new()
    {
        Id = "d4e5f6",
        Name = "dependency lost",
        Type = "vitrage",
        Severity = "WARNING",
        State = "alarm",
        Resource = new ResourceView("service", "web:8080", "web"),
        Deduced = true,
        Since = Noon.AddSeconds(1),
        Reason = "nginx is gone; web connects to it",
        Because = [new BecauseView("service_gone", 0)],
        Causes = ["a1b2c3"],
    };

    public static readonly AlarmView Calm = Gone with { Id = "calm00", Name = "cpu pressure", State = "ok" };

    public List<AlarmView> Live { get; } = [Gone, Lost];

    public Channel<LiveEvent> Happenings { get; } = Channel.CreateUnbounded<LiveEvent>();

    public RangeRequest? Asked { get; private set; }

    public List<PartView> Parts { get; } = [new("machine", true, "every 10 s"), new("store", true, "open")];

    public Exception? Failure { get; set; }

    public IReadOnlyList<AlarmView> Alarms(bool all = false)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        return all ? [.. Live, Calm] : Live;
    }

    public Task<IReadOnlyList<AlarmSpanView>> AlarmHistoryAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlarmSpanView>>(
        [
            .. new AlarmSpanView[]
            {
                new(Lost, Noon, null),
                new(Calm with { Id = "e0e0e0" }, Noon.AddHours(-1), Noon.AddMinutes(-30)),
            }
                .Where(one => one.Start < to && (one.End is null || one.End >= from)).Take(limit),
        ]);

    public WhyView? Why(string alarmId) => alarmId switch
    {
        "a1b2c3" => new WhyView(Gone, [], [], [Lost]),
        "d4e5f6" => new WhyView(
            Lost,
            [
                new DerivationView(
                    "service_gone", 0, "alarm [on] server AND client [connects] server", Noon,
                    [
                        new MatchedView("alarm", "ALARM", "ops", "a1b2c3", "service gone"),
                        new MatchedView("server", "RESOURCE", "service", "nginx:80", "nginx"),
                    ]),
            ],
            [new WhyView(Gone, [], [], [])],
            []),
        _ => null,
    };

    public TopologyView Topology() => new(
        [
            new EntityView
            {
                Type = "machine",
                Id = "m1",
                Name = "box",
                State = "UP",
                OperationalState = "OK",
                Properties = new Dictionary<string, object?> { ["cores"] = 2L, ["name"] = "hidden", ["arch"] = "x64" },
            },
            new EntityView { Type = "service", Id = "nginx:80", Name = "nginx", State = "DOWN",
                OperationalState = "ERROR" },
        ],
        [new RelationView("contains", new EntityRef("machine", "m1"), new EntityRef("service", "nginx:80"))]);

    public EntityView? Entity(EntityRef entity) =>
        Topology().Entities.FirstOrDefault(one => (one.Type, one.Id) == (entity.Type, entity.Id));

    public Task<IReadOnlyList<EventView>> EventsAsync(
        EventRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EventView>>(
        [
            .. new EventView[]
            {
                new("m2", "service.update", Noon, new Dictionary<string, object?> { ["host"] = "h1", ["tries"] = 3L }),
                new("m1", "compute.instance.create.end", Noon.AddMinutes(-5), new Dictionary<string, object?>()),
            }
                .Where(one => request.Type is null || Glob.Matches(request.Type, one.EventType))
                .Where(one => one.Generated >= request.From && one.Generated < request.To)
                .Take(request.Limit),
        ]);

    public IReadOnlyList<TemplateView> Templates() =>
        [new("service_gone", "3", "active", "What a gone service does", "templates/service_gone.yaml", 2, 1)];

    public StatusView Status() => new()
    {
        Version = "0.1.0",
        StartedAt = Noon,
        DataFolder = "/data",
        Parts = Parts,
        Publishers =
        [
            new("samples", "https://collector.example/in", 12, 7, 3, new Dictionary<string, long> { ["refused"] = 2 }),
        ],
        Counts = new Dictionary<string, long> { ["samples_received"] = 7, ["series"] = 3 },
    };

    public Task<IReadOnlyList<MeterView>> MetersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MeterView>>(
            [new("cpu_util", "gauge", "%", 1), new("machine.disk.read.bytes", "cumulative", "B", 2)]);

    public Task<IReadOnlyList<SeriesView>> SeriesAsync(
        string? meter, string? resourceId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SeriesView>>(
        [
            Series("cpu_util", "r1"), Series("mem", "r1"), Series("cpu_util", "r2") with { Last = double.NaN },
        ]);

    public Task<IReadOnlyList<SeriesPointsView>> RangeAsync(RangeRequest request, CancellationToken cancellationToken)
    {
        Asked = request;
        return Task.FromResult<IReadOnlyList<SeriesPointsView>>(
            [new SeriesPointsView(Series(request.Meter, "r1"),
                [new PointView(Noon, 1.5), new PointView(Noon, double.NaN)])]);
    }

    public async IAsyncEnumerable<LiveEvent> LiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in Happenings.Reader.ReadAllAsync(cancellationToken))
        {
            yield return happened;
        }
    }

    private static SeriesView Series(string meter, string resource) => new(
        meter, resource, "machine", "box", "%", new Dictionary<string, string>(), 4.5, Noon);
}
