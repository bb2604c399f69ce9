using Ops.Model;
using Ops.Rca.Templates;
namespace Ops.Rca { public sealed class RcaEngine : IObservationSink, IAlarmSink, IAsyncDisposable {
 public IReadOnlyList<AlarmView> Alarms() => []; public WhyView? Why(string id) => null; public TopologyView Topology() => new([], []);
 public EntityView? Entity(EntityRef e) => null; public IReadOnlyList<TemplateView> Templates() => []; public (int Entities, int Relations, int Alarms) Counts() => default;
 public ValueTask AcceptAsync(IReadOnlyList<Observation> o, CancellationToken c) => default; public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> o, CancellationToken c) => default;
 public Task RunAsync(CancellationToken c) => Task.Delay(-1, c); public ValueTask DisposeAsync() => default; public ValueTask ReloadAsync(IReadOnlyList<Template> t, CancellationToken c) => default; } }
namespace Ops.Server.Wiring {
internal sealed class Announcer(Ops.Remediation.Notifications.WebhookNotifier n, LiveHub l, string u) { public object[] X => [n, l, u]; }
internal static class RcaRoom { public static Ops.Rca.RcaEngine Build(StartConfiguration s, IStateStore st, Announcer a, TimeProvider t, Action<string> log) => new(); }
internal sealed class InfluxQlAnswers(Ops.Storage.Store s, TimeProvider t) : Ops.Server.Api.Influx.IInfluxQlAnswers { public object[] X => [s, t]; public Task<Ops.Server.Api.Influx.InfluxQlAnswer> AnswerAsync(Ops.Server.Api.Influx.InfluxQlRequest r, CancellationToken c) => throw new NotSupportedException(); }
}
