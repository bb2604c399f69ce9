using Ops.Model;

namespace Ops.Pipeline.Transformers;

/// <summary>A step of a sink: makes one sample of one, or keeps samples until a flush. Used by one thread at a
/// time.</summary>
internal abstract class Transformer
{
    /// <summary>The most series of which a transformer keeps state; beyond, one that was not seen lately is
    /// forgotten.</summary>
    public const int SeriesMax = 1_000_000;

    /// <summary>Whether <see cref="Flush"/> ever gives anything.</summary>
    public virtual bool Flushes => false;

    /// <summary>Why the last sample failed, for a warning; null when none did.</summary>
    public virtual string? Problem => null;

    /// <summary>Turns the sample into its result in place, when the fate is <see cref="SampleFate.Passed"/>.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="route">The pipeline that brought it.</param>
    public abstract SampleFate Handle(ref Sample sample, PipelineRoute route);

    /// <summary>Gives what was kept, when its time has come.</summary>
    /// <returns>How many results were dropped because the expression gave no number.</returns>
    public virtual int Flush(List<FlushedSample> into) => 0;
}

/// <summary>A sample that leaves at a flush, and the pipeline that last fed its group.</summary>
internal readonly record struct FlushedSample(Sample Sample, PipelineRoute Route);
