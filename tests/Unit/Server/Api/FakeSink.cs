using Ops.Model;

namespace Ops.Unit.Server.Api;

/// <summary>Keeps the samples it is given.</summary>
internal sealed class FakeSink : ISampleSink
{
    public List<Sample> Samples { get; } = [];

    public List<int> BatchSizes { get; } = [];

    public ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        BatchSizes.Add(batch.Count);
        Samples.AddRange(batch.Items);
        return ValueTask.CompletedTask;
    }
}
