using Ops.Model;
using Ops.Pipeline.Transformers;

namespace Ops.Pipeline.Configuration;

/// <summary>A chain of transformers and the publishers that take what comes out.</summary>
public sealed class PipelineSink
{
    private readonly IReadOnlyList<TransformerPlan> _transformers;

    internal PipelineSink(
        string name,
        IReadOnlyList<TransformerPlan> transformers,
        string transformersText,
        IReadOnlyList<string> publishers)
    {
        Name = name;
        _transformers = transformers;
        TransformersText = transformersText;
        Publishers = publishers;
    }

    /// <summary>Its name, unique among sinks.</summary>
    public string Name { get; }

    /// <summary>The addresses of its publishers, such as <c>store://</c>; those whose scheme is not known are left
    /// out.</summary>
    public IReadOnlyList<string> Publishers { get; }

    /// <summary>The names of its transformers, in order.</summary>
    public IEnumerable<string> Transformers => _transformers.Select(plan => plan.Name);

    /// <summary>The transformers as written, so that a reload knows which stayed the same.</summary>
    internal string TransformersText { get; }

    internal Transformer[] Build(SeriesCatalog series, TimeProvider time) =>
        [.. _transformers.Select(plan => plan.Build(series, time))];
}

/// <summary>How to build a transformer that was configured.</summary>
internal sealed record TransformerPlan(string Name, Func<SeriesCatalog, TimeProvider, Transformer> Build);
