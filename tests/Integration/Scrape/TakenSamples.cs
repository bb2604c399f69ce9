using Ops.Collectors;
using Ops.Model;

namespace Ops.Integration.Scrape;

/// <summary>Keeps what collectors hand over. Safe for concurrent use.</summary>
internal sealed class TakenSamples : ISampleSink, IObservationSink, IEventSink, IAlarmSink
{
    private readonly Lock _lock = new();
    private readonly List<Sample> _samples = [];
    private readonly List<Observation> _observations = [];

    public TakenSamples() =>
        Outlets = new CollectorOutlets(Catalog, this, this, this, this, TimeProvider.System, Said.Enqueue);

    public System.Collections.Concurrent.ConcurrentQueue<string> Said { get; } = new();

    public SeriesCatalog Catalog { get; } = new();

    public CollectorOutlets Outlets { get; }

    public IReadOnlyList<Sample> Samples
    {
        get
        {
            lock (_lock)
            {
                return [.. _samples];
            }
        }
    }

    public IReadOnlyList<Observation> Observations
    {
        get
        {
            lock (_lock)
            {
                return [.. _observations];
            }
        }
    }

    public double? Last(string meter) =>
        Samples.LastOrDefault(sample => sample.Series.Meter == meter) is { Series: not null } found
            ? found.Volume
            : null;

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _samples.AddRange(batch.Items);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _observations.AddRange(observations);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask AcceptAsync(IReadOnlyList<Event> events, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask AcceptAsync(IReadOnlyList<AlarmTransition> transitions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;
}
