using Ops.Model;

namespace Ops.Pipeline;

/// <summary>Takes what leaves the pipelines, one sample at a time, in publication order.</summary>
public interface IPipelineOutput
{
    /// <summary>Takes a sample that a pipeline lets out.</summary>
    void Publish(PipelineRoute route, in Sample sample);
}
