using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Keeps what was published in memory (<c>test://</c>), the newest <see cref="SamplesMax"/>
/// samples.</summary>
public sealed class TestPublisher(string address) : IPublisher
{
    /// <summary>The most samples that are kept.</summary>
    public const int SamplesMax = 10_000;

    private readonly PublisherLedger _ledger = new();
    private readonly Queue<Sample> _samples = [];
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Address => address;

    /// <inheritdoc/>
    public PublisherCounts Counts => _ledger.Snapshot();

    /// <summary>The samples, oldest first.</summary>
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

    /// <inheritdoc/>
    public ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        _ledger.Receive(batch.Count);
        lock (_lock)
        {
            foreach (ref readonly var sample in batch.Items)
            {
                _samples.Enqueue(sample);
            }

            while (_samples.Count > SamplesMax)
            {
                _samples.Dequeue();
            }
        }

        _ledger.Send(batch.Count);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
