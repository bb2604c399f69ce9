using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Ops.Model;
using Ops.Rca.Live;
using Ops.Rca.Templates;
using Xunit;

namespace Ops.Unit.Rca.Live;

public sealed class RcaEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<Template> Templates = Rig.Templates(Rig.V3(
        "service_gone", """
            gone: {category: ALARM, type: ops, name: service gone}
            lost: {category: ALARM, type: vitrage, name: dependency lost}
            svc: {category: RESOURCE, type: service}
            client: {category: RESOURCE, type: service}
            """,
        ("gone [on] svc AND client [connects] svc",
            "{raise_alarm: {target: client, alarm_name: dependency lost, severity: CRITICAL, causing_alarm: gone}}, "
            + "{set_state: {target: client, state: SUBOPTIMAL}}"),
        ("lost [on] svc AND client [connects] svc",
            "{raise_alarm: {target: client, alarm_name: dependency lost, severity: WARNING, causing_alarm: lost}}")));

    private readonly List<RcaChange> _changes = [];
    private readonly FakeTimeProvider _time = new(Start);
    private readonly MemoryStateStore _store = new();

    [Fact]
    public async Task A_measured_alarm_and_what_follows_are_told_with_cause_and_impact()
    {
        using var engine = await World();
        await engine.AcceptAsync([Gone(AlarmState.Alarm, 10)], default);
        var raised = _changes.Where(change => change.Kind == RcaChangeKind.AlarmRaised).ToDictionary(
            change => change.Alarm!.Resource.Id);
        Assert.Equal(["app", "db", "web"], raised.Keys.Order());
        Assert.False(raised["db"].Alarm!.Deduced);
        Assert.Equal("no heartbeat for 10 s", raised["db"].Alarm!.Reason);
        Assert.Equal(["app", "web"], raised["db"].Impact.Select(alarm => alarm.Resource.Id).Order());
        Assert.Equal(["service gone"], raised["web"].RootCauses.Select(cause => cause.Name));
        Assert.Equal(
            "service gone on db; app connects to db (template service_gone, scenario 0)", raised["app"].Alarm!.Reason);
        Assert.Contains("app is now SUBOPTIMAL", _changes.Select(change => change.Text));
        Assert.Equal(["db", "app", "web"], engine.Alarms().Select(alarm => alarm.Resource.Id));
        _changes.Clear();

        await engine.AcceptAsync([Gone(AlarmState.Ok, 20)], default);
        Assert.Equal(3, _changes.Count(change => change.Kind == RcaChangeKind.AlarmCleared));
        Assert.All(
            _changes.Where(change => change.Alarm is { Deduced: true }), change => Assert.NotEmpty(change.RootCauses));
        Assert.Empty(engine.Alarms());
        Assert.Equal("ok", Assert.Single(engine.Alarms(all: true)).State);
        var cleared = _changes.Single(change => change.Alarm is { Deduced: false }).Alarm!;
        Assert.Equal(("ok", "heard again", Start.AddSeconds(20)), (cleared.State, cleared.Reason, cleared.Since));
    }

    [Fact]
    public async Task Why_tells_template_scenario_and_matched_entities_down_to_the_root()
    {
        using var engine = await World();
        await engine.AcceptAsync([Gone(AlarmState.Alarm, 10)], default);
        var alarm = engine.Alarms().Single(it => it.Resource.Id == "web");
        Assert.Equal([new BecauseView("service_gone", 1)], alarm.Because);
        var why = engine.Why(alarm.Id)!;
        var derivation = Assert.Single(why.Derivations);
        Assert.Equal(
            ("service_gone", 1, Start.AddSeconds(10)), (derivation.Template, derivation.Scenario, derivation.Since));
        Assert.Equal(
            ["client=service:web", "lost=vitrage:dependency lost", "svc=service:app"],
            derivation.Matched.Select(it => $"{it.As}={it.Type}:{it.Id}").Order());
        Assert.Equal("service gone", why.Causes.Single().Causes.Single().Alarm.Name);
        Assert.Null(engine.Why("none"));
    }

    [Fact]
    public async Task After_a_restart_alarms_ids_and_causes_are_as_before()
    {
        string before;
        using (var engine = await World())
        {
            await engine.AcceptAsync([Gone(AlarmState.Alarm, 10)], default);
            before = JsonSerializer.Serialize((engine.Alarms(), engine.Topology().Entities.Count), JsonOptions);
        }

        _changes.Clear();
        using var again = Engine();
        again.Restore();
        Assert.Equal(before, JsonSerializer.Serialize((again.Alarms(), again.Topology().Entities.Count), JsonOptions));
        Assert.Empty(_changes);
        await again.AcceptAsync([Gone(AlarmState.Ok, 30)], default);
        Assert.Empty(again.Alarms());
    }

    [Fact]
    public async Task Entities_are_written_within_the_flush_time_and_alarms_at_once()
    {
        using var engine = await World();
        using var stop = new CancellationTokenSource();
        var running = engine.RunAsync(stop.Token);
        Assert.Equal(0, _store.Writes);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Until(() => _store.Writes == 1);
        await engine.AcceptAsync([Gone(AlarmState.Alarm, 10)], default);
        Assert.Equal(2, _store.Writes);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task An_alarm_without_resource_type_finds_the_live_entity_or_makes_one()
    {
        using var engine = await World();
        await engine.AcceptAsync([Gone(AlarmState.Alarm, 10) with { ResourceType = null }], default);
        await engine.AcceptAsync(
            [Gone(AlarmState.Alarm, 10) with { AlarmId = "x", ResourceType = null, ResourceId = "unheard" }], default);
        Assert.Equal(
            ["resource:unheard", "service:db"],
            engine.Alarms().Where(alarm => !alarm.Deduced)
                .Select(alarm => $"{alarm.Resource.Type}:{alarm.Resource.Id}").Order());
    }

    [Fact]
    public async Task A_refused_reload_keeps_the_old_templates_and_is_listed()
    {
        using var engine = await World();
        var bad = Rig.Templates(Rig.V3(
            "flip", "host: {category: RESOURCE, type: service}\nd: {category: ALARM, type: vitrage, name: d}\n"
                + "a: {category: ALARM, type: ops}",
            ("a [on] host AND NOT d [on] host", "{raise_alarm: {target: host, alarm_name: d, severity: WARNING}}")));
        Assert.Single(engine.Reload([.. Templates, .. bad]));
        Assert.Equal(
            ["service_gone active", "flip refused"], engine.Templates().Select(template => $"{template.Name} "
                + $"{template.Status}"));
        await engine.AcceptAsync([Gone(AlarmState.Alarm, 10)], default);
        Assert.Equal(3, engine.Alarms().Count);
        Assert.Equal(2, engine.Templates()[0].Matches);
        Assert.Empty(engine.Reload([]));
        Assert.Single(engine.Alarms());
    }

    [Fact]
    public async Task Relations_that_an_observation_is_not_complete_about_stay()
    {
        using var engine = await World();
        await engine.AcceptAsync([Service("app", "db", 5)], default);
        Assert.Equal(
            ["app>db", "web>app"], engine.Topology().Relations.Select(it => $"{it.From.Id}>{it.To.Id}").Order());
        await engine.AcceptAsync([Service("app", null, 6)], default);
        Assert.Equal(["web>app"], engine.Topology().Relations.Select(it => $"{it.From.Id}>{it.To.Id}"));
        Assert.Equal("app", engine.Entity(new EntityRef("service", "app"))!.Name);
        Assert.Null(engine.Entity(new EntityRef("service", "none")));
    }

    private static readonly JsonSerializerOptions JsonOptions = new() { IncludeFields = true };

    private async Task<RcaEngine> World()
    {
        var engine = Engine();
        await engine.AcceptAsync([Service("db", null, 0), Service("app", "db", 0), Service("web", "app", 0)], default);
        _changes.Clear();
        return engine;
    }

    private RcaEngine Engine() => new(new RcaEngineOptions
    {
        StateValues = Rig.Values, Templates = Templates, Store = _store, Time = _time, Changed = _changes.AddRange,
    });

    private static Observation Service(string id, string? server, int second) => new()
    {
        Entity = new EntityRef("service", id), Name = id, State = "ACTIVE", At = Start.AddSeconds(second),
        Properties = new Dictionary<string, object?> { ["port"] = 80L },
        Relations = server is null
            ? []
            : [new ObservedRelation("connects", RelationDirection.Out, new EntityRef("service", server))],
        Complete = [new RelationKind("connects", RelationDirection.Out, "service")],
    };

    [Fact]
    public async Task Alarms_of_one_rule_on_several_series_of_a_resource_live_and_clear_apart()
    {
        using var engine = await World();
        var (root, home) = (Full("/", AlarmState.Alarm, 10), Full("/home", AlarmState.Alarm, 11));
        await engine.AcceptAsync([root, home], default);
        Assert.Equal(["full", "full"], engine.Alarms().Select(alarm => alarm.Name));
        await engine.AcceptAsync([Full("/", AlarmState.Ok, 20)], default);
        Assert.Equal("97 % of /home", Assert.Single(engine.Alarms()).Reason);
        await engine.AcceptAsync([Full("/home", AlarmState.Ok, 21)], default);
        Assert.Empty(engine.Alarms());
    }

    [Fact]
    public async Task An_alarm_of_another_monitor_bears_its_type_over_a_restart()
    {
        using (var engine = await World())
        {
            await engine.AcceptAsync([Gone(AlarmState.Alarm, 10) with { Monitor = "prometheus" }], default);
            Assert.Equal("prometheus", Assert.Single(engine.Alarms()).Type);
        }

        using var again = Engine();
        again.Restore();
        Assert.Equal("prometheus", Assert.Single(again.Alarms()).Type);
        await again.AcceptAsync([Gone(AlarmState.Ok, 20) with { Monitor = "prometheus" }], default);
        Assert.Empty(again.Alarms());
    }

    private static AlarmTransition Full(string mount, AlarmState to, int second) => Gone(to, second) with
    {
        AlarmId = $"full/{mount}", Rule = "full", Dimensions = Tags.Of(("path", mount)), Reason = $"97 % of {mount}",
    };

    private static AlarmTransition Gone(AlarmState to, int second) => new()
    {
        AlarmId = "gone/db", Rule = "service gone", ResourceId = "db", ResourceType = "service", Severity = "CRITICAL",
        From = AlarmState.Ok, To = to, At = Start.AddSeconds(second),
        Reason = to == AlarmState.Alarm ? "no heartbeat for 10 s" : "heard again",
    };

    private static async Task Until(Func<bool> done)
    {
        for (var i = 0; i < 500 && !done(); i++)
        {
            await Task.Delay(2);
        }

        Assert.True(done());
    }
}
