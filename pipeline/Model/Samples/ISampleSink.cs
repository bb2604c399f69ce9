namespace Ops.Model;

/// <summary>Takes samples: the pipeline's entrance, a store, the alarm evaluation.</summary>
public interface ISampleSink
{
    /// <summary>Takes a batch; when the task is done, the batch may be reused by its owner.</summary>
    /// <remarks>A sink that is full makes the caller wait: that is the back-pressure.</remarks>
    ValueTask AcceptAsync(SampleBatch batch, CancellationToken cancellationToken);
}
