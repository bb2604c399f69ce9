namespace Ops.Pipeline.Configuration;

/// <summary>Where the files of sample and event pipelines differ.</summary>
/// <param name="Key">The key of a source under which stands what it takes.</param>
/// <param name="One">What one of these is called.</param>
/// <param name="HasTransformers">Whether sinks transform.</param>
/// <param name="OtherSchemes">Schemes of publishers that there are, but not for this.</param>
internal sealed record PipelineGrammar(
    string Key, string One, bool HasTransformers, IReadOnlyCollection<string> OtherSchemes)
{
    /// <summary>The grammar of <c>pipeline.yaml</c>.</summary>
    public static readonly PipelineGrammar Samples = new("meters", "a meter", true, []);
}
