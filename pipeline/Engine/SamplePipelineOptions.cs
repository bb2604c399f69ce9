namespace Ops.Pipeline;

/// <summary>How a <see cref="SamplePipeline"/> runs.</summary>
public sealed class SamplePipelineOptions
{
    /// <summary>How many batches wait at most before a sender has to; default 64.</summary>
    public int QueuedBatches { get; init; } = 64;

    /// <summary>How long what waits may still be taken through after a stop; default 10 s.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what an operator should know, a sentence at a time; null tells nobody.</summary>
    public Action<string>? Warn { get; init; }
}
