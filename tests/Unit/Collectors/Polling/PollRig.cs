using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Ops.Collectors;
using Ops.Collectors.Polling;
using Ops.Model;
using Xunit;

namespace Ops.Unit.Collectors.Polling;

/// <summary>What tests of polling need: a clock, sinks, and rounds made by hand.</summary>
internal sealed class PollRig : IEventSink, IAlarmSink, IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private PollCrew? _crew;

    public PollRig()
    {
        Time = new FakeTimeProvider(Start);
        Outlets = new CollectorOutlets(Catalog, Sink, Sink, this, this, Time, line =>
        {
            lock (Said)
            {
                Said.Add(line);
            }
        });
    }

    public FakeTimeProvider Time { get; }

    public SeriesCatalog Catalog { get; } = new();

    public RecordingSink Sink { get; } = new();

    public List<string> Said { get; } = [];

    public PollingOptions Options { get; set; } = new() { Name = "agent-a", Spread = TimeSpan.Zero };

    public CollectorOutlets Outlets { get; }

    public PollCrew Crew => _crew ??= NewCrew();

    public static PollingSource Source(string name, params string[] meters) => new(name, Interval, new(meters));

    /// <summary>Makes one round and moves the clock to the next.</summary>
    public async Task RoundAsync(PollPlan plan)
    {
        await new PollTurn(plan, Interval, Options, Crew, Time).RunAsync(CancellationToken.None);
        Time.Advance(Interval);
    }

    public Task RoundAsync(PollingSource source, params IPollster[] pollsters) =>
        RoundAsync(new PollPlan(new PollingConfig([source]), pollsters, []));

    /// <summary>Waits, in real time, until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what = "it")
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"waited in vain for {what}");
            await Task.Delay(2);
        }
    }

    public void Dispose()
    {
        _crew?.Delivery.Dispose();
        _crew?.Places.Dispose();
    }

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private PollCrew NewCrew()
    {
        var (tally, log) = (new PollingTally(), new TroubleLog(Outlets.Report));
        return new PollCrew(
            new PollShare(Options), new SemaphoreSlim(Options.ParallelMax), new ResourceTroubles(Options, Time),
            new PollDelivery(Options, Outlets, tally, log), tally, log, null);
    }
}
