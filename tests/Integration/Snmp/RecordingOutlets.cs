using System.Collections.Concurrent;
using Ops.Collectors;
using Ops.Model;

namespace Ops.Integration.Snmp;

/// <summary>Keeps what a collector hands over.</summary>
internal sealed class RecordingOutlets : ISampleSink, IObservationSink, IEventSink, IAlarmSink
{
    public ConcurrentQueue<Event> Events { get; } = [];

    public ConcurrentQueue<Observation> Observations { get; } = [];

    public ConcurrentQueue<AlarmTransition> Alarms { get; } = [];

    public ConcurrentQueue<string> Said { get; } = [];

    public CollectorOutlets Outlets =>
        new(new SeriesCatalog(), this, this, this, this, TimeProvider.System, Said.Enqueue);

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
        Keep(Observations, observations);

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        Keep(Events, events);

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        Keep(Alarms, transitions);

    private static ValueTask Keep<T>(ConcurrentQueue<T> queue, IReadOnlyList<T> items)
    {
        foreach (var item in items)
        {
            queue.Enqueue(item);
        }

        return ValueTask.CompletedTask;
    }
}
