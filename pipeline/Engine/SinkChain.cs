using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline;

/// <summary>A sink at work: its transformers with their state, one for all sources that feed it.</summary>
internal sealed class SinkChain(PipelineSink sink, Transformer[] transformers)
{
    private readonly List<FlushedSample> _flushed = [];

    public PipelineSink Sink => sink;

    public Transformer[] Transformers => transformers;

    /// <summary>Whether a flush can ever let something out.</summary>
    public bool Flushes { get; } = Array.Exists(transformers, transformer => transformer.Flushes);

    /// <summary>Takes a sample through the transformers from one of them on.</summary>
    /// <param name="start">The first transformer's index.</param>
    /// <param name="sample">The sample; its result when the fate is <see cref="SampleFate.Passed"/>.</param>
    /// <param name="route">The pipeline that brought it.</param>
    /// <param name="problem">Why a transformer failed, for a warning.</param>
    public SampleFate Transform(int start, ref Sample sample, PipelineRoute route, out string? problem)
    {
        problem = null;
        for (var i = start; i < transformers.Length; i++)
        {
            var fate = transformers[i].Handle(ref sample, route);
            if (fate != SampleFate.Passed)
            {
                problem = fate == SampleFate.ExpressionFailed ? transformers[i].Problem : null;
                return fate;
            }
        }

        return SampleFate.Passed;
    }

    /// <summary>Flushes the transformers front to back, what each gives entering at the next.</summary>
    public void Flush(IFlushReceiver receiver)
    {
        for (var i = 0; i < transformers.Length; i++)
        {
            if (!transformers[i].Flushes)
            {
                continue;
            }

            var failed = transformers[i].Flush(_flushed);
            receiver.Failed(this, failed, transformers[i].Problem);
            foreach (var (flushed, route) in _flushed)
            {
                receiver.Flushed(route, flushed, i + 1);
            }

            _flushed.Clear();
        }
    }
}

/// <summary>Takes what a flush lets out of a transformer.</summary>
internal interface IFlushReceiver
{
    /// <summary>A sample left a transformer and enters at the next.</summary>
    void Flushed(PipelineRoute route, Sample sample, int start);

    /// <summary>Results were dropped.</summary>
    void Failed(SinkChain chain, int count, string? problem);
}
