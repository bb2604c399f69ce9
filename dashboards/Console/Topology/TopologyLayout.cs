using Ops.Model;

namespace Ops.Console.Topology;

/// <summary>Gives every entity its place: layers from endpoints down to the machine, callers above what they
/// call.</summary>
/// <remarks>Pure: the same question gives the same picture.</remarks>
public static class TopologyLayout
{
    /// <summary>The width of a node, px.</summary>
    public const double NodeWidth = 172;

    /// <summary>The height of a node, px.</summary>
    public const double NodeHeight = 42;

    internal const double ColumnGap = 16;
    internal const double RowGap = 24;
    internal const double BandTitle = 26;
    internal const double BandPadding = 14;
    internal const double BandGap = 12;
    internal const double GutterWidth = 96;
    private const int ColumnsMax = 16;
    private const double ScaleMin = 0.75;
    private const double GutterFromWidth = 700;

    /// <summary>Lays the picture out in as many columns as make the best use of the space.</summary>
    public static TopologyPicture Arrange(TopologyQuestion question)
    {
        var draft = TopologyDraft.Of(question);
        var gutter = question.Width >= GutterFromWidth ? GutterWidth : 0;
        var room = question.Width - gutter - (2 * BandPadding) + ColumnGap;
        var first = Math.Clamp((int)(room / (NodeWidth + ColumnGap)), 2, ColumnsMax);
        var best = Place(draft, first, gutter);
        for (var columns = first + 1; gutter > 0 && columns <= ColumnsMax && best.Height > question.Height; columns++)
        {
            var next = Place(draft, columns, gutter);
            if (question.Width / next.Width < ScaleMin)
            {
                break;
            }

            best = next;
        }

        return best;
    }

    private static TopologyPicture Place(TopologyDraft draft, int columns, double gutter)
    {
        var layers = Rows(draft, columns);
        RowOrder.Untangle([.. layers.SelectMany(layer => layer.Rows)], draft.Edges);
        var width = gutter + (2 * BandPadding) + (columns * (NodeWidth + ColumnGap)) - ColumnGap;
        var placed = new Dictionary<string, PlacedNode>();
        var bands = new List<LayerBand>();
        double y = 0;
        foreach (var (layer, rows) in layers)
        {
            var top = y;
            y += gutter > 0 ? BandPadding : BandTitle;
            foreach (var row in rows)
            {
                var x = (gutter + width - (row.Count * (NodeWidth + ColumnGap)) + ColumnGap) / 2;
                foreach (var node in row)
                {
                    placed[node.Mark] = node with { X = x, Y = y };
                    x += NodeWidth + ColumnGap;
                }

                y += NodeHeight + RowGap;
            }

            y += BandPadding - RowGap;
            bands.Add(new LayerBand(layer.Title(), top, y - top));
            y += BandGap;
        }

        var edges = draft.Edges.Select(edge => EdgePath.Between(placed[edge.From], placed[edge.To], edge.Label))
            .ToArray();
        return new TopologyPicture(width, Math.Max(0, y - BandGap), gutter, bands, [.. placed.Values], edges);
    }

    private static List<(TopologyLayer Layer, List<List<PlacedNode>> Rows)> Rows(TopologyDraft draft, int columns)
    {
        var depth = CallDepth.Of(draft.Nodes, draft.Edges);
        var layers = new List<(TopologyLayer, List<List<PlacedNode>>)>();
        foreach (var layer in draft.Nodes.GroupBy(LayerOf).OrderBy(group => group.Key))
        {
            var rows = layer
                .GroupBy(node => layer.Key == TopologyLayer.Services ? depth.GetValueOrDefault(node.Mark) : 0)
                .OrderBy(row => row.Key)
                .SelectMany(row => Even([.. row], columns))
                .ToList();
            layers.Add((layer.Key, rows));
        }

        return layers;
    }

    private static TopologyLayer LayerOf(PlacedNode node) =>
        node.Key.Type == "group" ? TopologyLayer.Endpoints : TopologyLayers.Of(node.Key.Type);

    /// <summary>Breaks a row that is too long into rows of nearly the same length.</summary>
    private static IEnumerable<List<PlacedNode>> Even(List<PlacedNode> row, int columns)
    {
        var count = (row.Count + columns - 1) / columns;
        for (var index = 0; index < count; index++)
        {
            var (from, to) = (row.Count * index / count, row.Count * (index + 1) / count);
            yield return row[from..to];
        }
    }
}
