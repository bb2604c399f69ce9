using Microsoft.Extensions.Time.Testing;
using Ops.Collectors;
using Ops.Model;

namespace Ops.Unit.Collectors.Wire;

/// <summary>Outlets that keep what comes out, at a fixed time.</summary>
internal sealed class SomeOutlets : IEventSink, IAlarmSink
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public SomeOutlets() => Outlets = new CollectorOutlets(
        Catalog, Sink, Sink, this, this, Time, line =>
        {
            lock (Reports)
            {
                Reports.Add(line);
            }
        });

    public SeriesCatalog Catalog { get; } = new();

    public RecordingSink Sink { get; } = new();

    public FakeTimeProvider Time { get; } = new(Now);

    public List<Event> Events { get; } = [];

    public List<AlarmTransition> Alarms { get; } = [];

    public List<string> Reports { get; } = [];

    public CollectorOutlets Outlets { get; }

    /// <summary>The samples as lines: meter, resource, dimensions, kind, unit, value.</summary>
    public string[] Lines => [.. Sink.Samples.Select(sample => FormattableString.Invariant(
        $"{sample.Series.Meter} {sample.Series.ResourceId} {{{sample.Series.Dimensions}}} ")
        + FormattableString.Invariant($"{sample.Context.Kind.Word()} {sample.Context.Unit} {sample.Volume}"))];

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken)
    {
        Events.AddRange(events);
        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken)
    {
        Alarms.AddRange(transitions);
        return ValueTask.CompletedTask;
    }
}
