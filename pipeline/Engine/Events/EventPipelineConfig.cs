using Ops.Model;
using Ops.Pipeline.Configuration;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Events;

/// <summary>What an <c>event_pipeline.yaml</c> says: which events go to which publishers.</summary>
/// <remarks>Ceilometer's file: the grammar of <c>pipeline.yaml</c> with <c>events</c> in place of <c>meters</c>, and
/// without transformers. Immutable.</remarks>
public sealed class EventPipelineConfig
{
    private readonly PipelineConfig _config;

    private EventPipelineConfig(PipelineConfig config) => _config = config;

    /// <summary>A pipeline that takes nothing.</summary>
    public static EventPipelineConfig Empty { get; } = new(new PipelineConfig([], []));

    /// <summary>The sources, in file order; their filters judge event types.</summary>
    public IReadOnlyList<PipelineSource> Sources => _config.Sources;

    /// <summary>The sinks, in file order.</summary>
    public IReadOnlyList<PipelineSink> Sinks => _config.Sinks;

    /// <summary>The names of the pipelines, in order: <c>event:source:sink</c>, or <c>event:name</c> where both are
    /// equal.</summary>
    public IEnumerable<string> Names => Sources.SelectMany(source =>
        source.Sinks.Select(sink => $"event:{PipelineRoute.NameOf(source.Name, sink)}"));

    /// <summary>Reads a document; every fault and warning goes to <paramref name="faults"/>.</summary>
    /// <param name="root">The document; null where it is empty.</param>
    /// <param name="file">The file as the user named it, for faults.</param>
    /// <param name="faults">Where to report.</param>
    /// <param name="publisherSchemes">The schemes that publishers may have; null for the built-in ones.</param>
    /// <returns>The configuration, or null when there were faults.</returns>
    public static EventPipelineConfig? Read(
        ConfigNode? root,
        string file,
        ConfigFaults faults,
        IReadOnlyCollection<string>? publisherSchemes = null)
    {
        var schemes = publisherSchemes ?? EventPublisherCatalog.BuiltInSchemes;
        var others = PublisherCatalog.BuiltInSchemes.Except(schemes).ToList();
        var grammar = new PipelineGrammar("events", "an event type", false, others);
        return new PipelineConfigReader(faults, schemes, grammar).Read(root, file) is { } config
            ? new EventPipelineConfig(config)
            : null;
    }
}
