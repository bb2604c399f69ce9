using Ops.Alarms;
using Ops.Alarms.Rules;
using Ops.Model;
using Ops.Server.Config;

namespace Ops.Unit.Alarms;

/// <summary>An evaluator on a clock of its own, with samples and rules in a few words.</summary>
internal sealed class AlarmBench
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SampleContext Percent = new()
    {
        Unit = "%", ResourceType = "filesystem", ResourceName = "/var",
    };

    public AlarmBench(string rules, FakeStateStore? state = null, AlarmEvaluatorOptions? options = null)
    {
        State = state ?? new FakeStateStore();
        Evaluator = new AlarmEvaluator(options ?? new AlarmEvaluatorOptions(), Sink, State, Time, Log.Add);
        Reload(rules);
    }

    public JumpingTimeProvider Time { get; } = new(Start);

    public SeriesCatalog Catalog { get; } = new();

    public RecordingAlarmSink Sink { get; } = new();

    public FakeStateStore State { get; }

    public AlarmEvaluator Evaluator { get; }

    public List<string> Log { get; } = [];

    public AlarmView Only => Evaluator.Alarms().Single();

    /// <summary>Rules of a file, which must be without fault.</summary>
    public static IReadOnlyList<AlarmRule> Rules(string text)
    {
        var faults = new ConfigFaults();
        var root = YamlReader.Read(text, "alarms.yaml", faults);
        var rules = AlarmRuleReader.Read(root is null ? [] : [root], faults);
        return faults.None ? rules : throw new InvalidOperationException(string.Join('\n', faults.All));
    }

    public void Reload(string rules) => Reload(Rules($"alarms:\n{rules}"));

    public void Reload(IReadOnlyList<AlarmRule> rules) => Done(Evaluator.ReloadAsync(rules, default));

    /// <summary>Moves the clock to so many seconds after the start, looking at the timers every second.</summary>
    public void At(double seconds)
    {
        while (Start.AddSeconds(seconds) - Time.GetUtcNow() is { Ticks: > 0 } left)
        {
            Time.Advance(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            Done(Evaluator.TickAsync(default));
        }
    }

    /// <summary>Sends a sample of meter <c>m</c> at that second, after moving the clock there.</summary>
    public void Send(
        double seconds, double value, string resource = "r1", string meter = "m", SampleContext? context = null)
    {
        At(seconds);
        SendStamped(seconds, value, resource, meter, context);
    }

    /// <summary>Sends a sample stamped with that second, whatever the clock says.</summary>
    public void SendStamped(
        double seconds, double value, string resource = "r1", string meter = "m", SampleContext? context = null,
        Tags? dimensions = null)
    {
        using var batch = new SampleBatch();
        batch.Add(new Sample(
            Catalog.Intern(meter, resource, dimensions), context ?? Percent, Start.AddSeconds(seconds).ToUnixNs(),
            value));
        Done(Evaluator.AcceptAsync(batch, default));
    }

    /// <summary>Says that an entity was deleted.</summary>
    public void Delete(string type, string id) => Done(Evaluator.AcceptAsync(
        [new Observation { Entity = new EntityRef(type, id), Action = ObservationAction.Delete }], default));

    private static void Done(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
