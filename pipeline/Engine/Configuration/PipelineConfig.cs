using Ops.Model;
using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Configuration;

/// <summary>What a <c>pipeline.yaml</c> says: which meters go through which transformers to which
/// publishers.</summary>
/// <remarks>Source: Ceilometer 8 (Ocata), pipeline.yaml. Immutable.</remarks>
public sealed class PipelineConfig
{
    internal PipelineConfig(IReadOnlyList<PipelineSource> sources, IReadOnlyList<PipelineSink> sinks)
    {
        Sources = sources;
        Sinks = sinks;
    }

    /// <summary>The sources, in file order.</summary>
    public IReadOnlyList<PipelineSource> Sources { get; }

    /// <summary>The sinks, in file order.</summary>
    public IReadOnlyList<PipelineSink> Sinks { get; }

    /// <summary>Reads a document; every fault and warning goes to <paramref name="faults"/>.</summary>
    /// <param name="root">The document; null where it is empty.</param>
    /// <param name="file">The file as the user named it, for faults.</param>
    /// <param name="faults">Where to report.</param>
    /// <param name="publisherSchemes">The schemes that publishers may have; null for the built-in ones.</param>
    /// <returns>The configuration, or null when there were faults.</returns>
    public static PipelineConfig? Read(
        ConfigNode? root,
        string file,
        ConfigFaults faults,
        IReadOnlyCollection<string>? publisherSchemes = null) =>
        new PipelineConfigReader(faults, publisherSchemes ?? PublisherCatalog.BuiltInSchemes).Read(root, file);
}
