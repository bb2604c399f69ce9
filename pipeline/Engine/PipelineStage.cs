using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline;

/// <summary>One configuration in force: its run and the publishers' outboxes. Used by the loop of
/// <see cref="SamplePipeline"/>.</summary>
internal sealed class PipelineStage(
    PipelineConfig config, SeriesCatalog series, SamplePipelineOptions options, PipelineCounts counts)
{
    private readonly PublisherOutboxes _outboxes = new();
    private PipelineRun? _run;

    public PipelineConfig Config => config;

    public PipelineCounts Counts => counts;

    public void Connect(string sink, IPublisher publisher) => _outboxes.Connect(sink, publisher);

    public bool Uses(IPublisher publisher) => _outboxes.Publishers.Contains(publisher);

    /// <summary>Keeps the state of the transformers that stayed the same.</summary>
    public void TakeOver(PipelineStage before) => _run = Compile(before._run);

    /// <summary>Takes a batch through: one publication.</summary>
    public ValueTask PublishAsync(SampleBatch batch, CancellationToken cancellationToken)
    {
        _run ??= Compile(null);
        _run.Run(batch.Items);
        _run.Flush();
        return _outboxes.SendAsync(cancellationToken);
    }

    private PipelineRun Compile(PipelineRun? before) =>
        new(config, series, options.Time, _outboxes, counts, options.Warn, before);
}
