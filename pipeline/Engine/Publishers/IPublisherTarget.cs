using Ops.Model;

namespace Ops.Pipeline.Publishers;

/// <summary>Delivers batches to a place outside, one at a time; the queue before it is
/// <see cref="QueuedPublisher"/>.</summary>
public interface IPublisherTarget : IAsyncDisposable
{
    /// <summary>Whether each of its requests has a limit in time of its own, so that the queue sets none.</summary>
    bool LimitsItsTime => false;

    /// <summary>Delivers a batch once. A failure is a result; an exception is taken as a passing failure.</summary>
    ValueTask<PublishResult> SendAsync(SampleBatch batch, CancellationToken cancellationToken);
}
