namespace Ops.Console.Topology;

/// <summary>Orders the nodes within their rows so that few edges cross.</summary>
internal static class RowOrder
{
    private const int SweepsMax = 6;

    /// <summary>Moves every node towards the middle of its neighbours, sweeping down and up in turn.</summary>
    public static void Untangle(
        IReadOnlyList<List<PlacedNode>> rows, IReadOnlyList<(string From, string To, string Label)> edges)
    {
        var neighbours = edges.Concat(edges.Select(edge => (From: edge.To, To: edge.From, edge.Label)))
            .ToLookup(edge => edge.From, edge => edge.To);
        var place = new Dictionary<string, double>();
        foreach (var row in rows)
        {
            Note(row, place);
        }

        for (var sweep = 0; sweep < SweepsMax; sweep++)
        {
            foreach (var row in sweep % 2 == 0 ? rows : rows.Reverse())
            {
                var wish = row.ToDictionary(node => node.Mark, node => Wish(node.Mark, neighbours, place));
                row.Sort((left, right) => wish[left.Mark].CompareTo(wish[right.Mark]) is var order and not 0
                    ? order
                    : place[left.Mark].CompareTo(place[right.Mark]));
                Note(row, place);
            }
        }
    }

    private static double Wish(string mark, ILookup<string, string> neighbours, Dictionary<string, double> place)
    {
        var near = neighbours[mark].Where(place.ContainsKey).ToArray();
        return near.Length == 0 ? place[mark] : near.Average(other => place[other]);
    }

    /// <summary>Places run from -1 to 1 about the middle, since rows are centred.</summary>
    private static void Note(List<PlacedNode> row, Dictionary<string, double> place)
    {
        for (var index = 0; index < row.Count; index++)
        {
            place[row[index].Mark] = index - ((row.Count - 1) / 2.0);
        }
    }
}
