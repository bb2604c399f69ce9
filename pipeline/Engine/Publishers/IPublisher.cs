using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Takes what leaves a sink to one address.</summary>
public interface IPublisher : IAsyncDisposable
{
    /// <summary>Its address, without secrets.</summary>
    string Address { get; }

    /// <summary>What became of the samples so far; it always balances.</summary>
    PublisherCounts Counts { get; }

    /// <summary>Takes a batch; when the task is done the caller may reuse the batch. Never throws for a failed
    /// delivery.</summary>
    ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken);
}
