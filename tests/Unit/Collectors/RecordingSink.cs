using Ops.Model;

namespace Ops.Unit.Collectors;

/// <summary>Keeps copies of what it is given.</summary>
internal sealed class RecordingSink : ISampleSink, IObservationSink
{
    public List<Sample> Samples { get; } = [];

    public List<Observation> Observations { get; } = [];

    public List<int> BatchCounts { get; } = [];

    public Exception? Fails { get; set; }

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        Samples.AddRange(batch.Items);
        BatchCounts.Add(batch.Count);
        return Fails is null ? ValueTask.CompletedTask : ValueTask.FromException(Fails);
    }

    public ValueTask AcceptAsync(IReadOnlyList<Observation> observations, CancellationToken cancellationToken)
    {
        if (Fails is not null)
        {
            return ValueTask.FromException(Fails);
        }

        Observations.AddRange(observations);
        return ValueTask.CompletedTask;
    }

    public void Clear()
    {
        Samples.Clear();
        Observations.Clear();
        BatchCounts.Clear();
    }

    public double? Last(string meter, string? resourceId = null) =>
        Samples.FindLast(sample =>
            sample.Series?.Meter == meter && (resourceId is null || sample.Series.ResourceId == resourceId))
            is { Series: not null } found ? found.Volume : null;
}
