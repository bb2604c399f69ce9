using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Topology;

/// <summary>The topology laid out, in pixels at full size.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Gutter">The width at the left that is kept for headings; 0 where they stand above.</param>
/// <param name="Bands">Its layers, from the top.</param>
/// <param name="Nodes">What stands in them.</param>
/// <param name="Edges">The lines between.</param>
public sealed record TopologyPicture(
    double Width, double Height, double Gutter, IReadOnlyList<LayerBand> Bands, IReadOnlyList<PlacedNode> Nodes,
    IReadOnlyList<PlacedEdge> Edges);

/// <summary>A layer as it is drawn.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Y">Its upper edge.</param>
/// <param name="Height">Its height.</param>
public sealed record LayerBand(string Title, double Y, double Height);

/// <summary>An entity as it is drawn, or several endpoints that stand as one.</summary>
public sealed record PlacedNode
{
    /// <summary>The entity; for a group the type <c>group</c> and the port that its members share.</summary>
    public required EntityRef Key { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>A word on it: its port, its size, its type.</summary>
    public required string Subtitle { get; init; }

    /// <summary>How bad it is: the worst of its alarms, else its state.</summary>
    public Severity Severity { get; init; }

    /// <summary>Whether it is gone and only remembered.</summary>
    public bool Down { get; init; }

    /// <summary>Whether it is drawn for its neighbours' sake only, since the filter does not mean it.</summary>
    public bool Faded { get; init; }

    /// <summary>How many entities it stands for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Its left edge.</summary>
    public double X { get; init; }

    /// <summary>Its upper edge.</summary>
    public double Y { get; init; }

    /// <summary>Its key in the picture's markup.</summary>
    public string Mark => Key.ToString();
}

/// <summary>A relation as it is drawn.</summary>
/// <param name="From">The mark of the node it leaves.</param>
/// <param name="To">The mark of the node it reaches.</param>
/// <param name="Label">Its label.</param>
/// <param name="Path">Its curve as an SVG path.</param>
/// <param name="Troubled">Whether both ends are in trouble, so that the trouble may have passed along it.</param>
public sealed record PlacedEdge(string From, string To, string Label, string Path, bool Troubled);
