using Ops.Collectors;
using Ops.Model;

namespace Ops.Integration.Libvirt;

/// <summary>Keeps what it is given. Safe for concurrent use.</summary>
internal sealed class Kept : ISampleSink, IObservationSink, IEventSink, IAlarmSink
{
    private readonly Lock _lock = new();
    private readonly List<Observation> _observations = [];
    private readonly List<Event> _events = [];
    private readonly List<(string Meter, string Resource, double Volume, Tags Dimensions)> _samples = [];

    public List<string> Reports { get; } = [];

    public IReadOnlyList<Observation> Observations => Copy(_observations);

    public IReadOnlyList<Event> Events => Copy(_events);

    public IReadOnlyList<(string Meter, string Resource, double Volume, Tags Dimensions)> Samples => Copy(_samples);

    public CollectorOutlets Outlets() =>
        new(new SeriesCatalog(), this, this, this, this, TimeProvider.System, Report);

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var sample in batch.Items)
            {
                _samples.Add((sample.Series.Meter, sample.Series.ResourceId, sample.Volume, sample.Series.Dimensions));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken) =>
        Keep(_observations, observations);

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        Keep(_events, events);

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private void Report(string line)
    {
        lock (_lock)
        {
            Reports.Add(line);
        }
    }

    private ValueTask Keep<T>(List<T> list, IReadOnlyList<T> items)
    {
        lock (_lock)
        {
            list.AddRange(items);
        }

        return ValueTask.CompletedTask;
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
