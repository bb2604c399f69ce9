using Ops.Pipeline.Publishers;

namespace Ops.Pipeline.Replay;

/// <summary>How a <see cref="PipelineReplay"/> runs.</summary>
public sealed class ReplayOptions
{
    /// <summary>Whether the end of the input ends a publication; default true (<c>--no-final-flush</c> makes it
    /// false).</summary>
    public bool FinalFlush { get; init; } = true;

    /// <summary>Opens the sinks' publishers, which then get what comes out (<c>--publish</c>); null calls
    /// none.</summary>
    public PublisherCatalog? Publishers { get; init; }

    /// <summary>Told of dropped samples and other oddities, a sentence at a time; null tells nobody.</summary>
    public Action<string>? Warn { get; init; }
}
