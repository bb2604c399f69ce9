using System.Globalization;
using Ops.Console.Words;

namespace Ops.Console.Topology;

/// <summary>Draws the curve of an edge.</summary>
internal static class EdgePath
{
    private const double ArcHeight = 22;

    /// <summary>A curve from the nearer side of one node to the nearer side of the other; an arc within a
    /// row.</summary>
    public static PlacedEdge Between(PlacedNode from, PlacedNode to, string label)
    {
        var (x1, x2) = (Middle(from), Middle(to));
        FormattableString path;
        if (from.Y == to.Y)
        {
            var y = from.Y;
            path = $"M{x1:0.#} {y:0.#}C{x1:0.#} {y - ArcHeight:0.#} {x2:0.#} {y - ArcHeight:0.#} {x2:0.#} {y:0.#}";
        }
        else
        {
            var (y1, y2) = from.Y < to.Y
                ? (from.Y + TopologyLayout.NodeHeight, to.Y)
                : (from.Y, to.Y + TopologyLayout.NodeHeight);
            var middle = (y1 + y2) / 2;
            path = $"M{x1:0.#} {y1:0.#}C{x1:0.#} {middle:0.#} {x2:0.#} {middle:0.#} {x2:0.#} {y2:0.#}";
        }

        var troubled = from.Severity >= Severity.Warning && to.Severity >= Severity.Warning;
        return new PlacedEdge(from.Mark, to.Mark, label, path.ToString(CultureInfo.InvariantCulture), troubled);
    }

    private static double Middle(PlacedNode node) => node.X + (TopologyLayout.NodeWidth / 2);
}
