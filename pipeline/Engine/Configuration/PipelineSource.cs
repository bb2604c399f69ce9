namespace Ops.Pipeline.Configuration;

/// <summary>A choice of meters and the sinks they go to.</summary>
public sealed class PipelineSource
{
    internal PipelineSource(string name, MeterFilter meters, IReadOnlyList<string> sinks)
    {
        Name = name;
        Meters = meters;
        Sinks = sinks;
    }

    /// <summary>Its name, unique among sources.</summary>
    public string Name { get; }

    /// <summary>The meters it takes.</summary>
    public MeterFilter Meters { get; }

    /// <summary>The names of its sinks, in the order in which samples pass them.</summary>
    public IReadOnlyList<string> Sinks { get; }
}
