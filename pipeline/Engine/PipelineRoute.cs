using Ops.Pipeline.Configuration;

namespace Ops.Pipeline;

/// <summary>A pipeline in Ceilometer's sense: one source with one of its sinks.</summary>
public sealed class PipelineRoute
{
    internal PipelineRoute(string name, PipelineSource source, SinkChain chain)
    {
        Name = name;
        Source = source;
        Chain = chain;
    }

    /// <summary><c>source:sink</c>; that one name where both are equal.</summary>
    public string Name { get; }

    /// <summary>The sink.</summary>
    public PipelineSink Sink => Chain.Sink;

    internal PipelineSource Source { get; }

    internal SinkChain Chain { get; }

    /// <summary>The name of the pipeline of a source and a sink.</summary>
    internal static string NameOf(string source, string sink) => source == sink ? source : $"{source}:{sink}";
}
