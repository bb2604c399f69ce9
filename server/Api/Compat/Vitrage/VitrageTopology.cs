namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Chooses the part of the graph that is asked for, and writes it as a graph or as a tree.</summary>
internal static class VitrageTopology
{
    /// <summary>All that fulfils the query, and what lies on the way to it from the root.</summary>
    public static List<int> Matching(VitrageGraph graph, VitrageQuery? query, bool withPaths)
    {
        var chosen = new SortedSet<int>(
            Enumerable.Range(0, graph.Vertices.Count).Where(at => query?.Matches(graph.Vertices[at]) ?? true));
        if (withPaths && chosen.Count > 0)
        {
            var parents = Parents(graph, graph.Root);
            foreach (var found in chosen.ToList())
            {
                for (var at = found; parents.TryGetValue(at, out var parent) && parent >= 0; at = parent)
                {
                    chosen.Add(parent);
                }
            }
        }

        return [.. chosen];
    }

    /// <summary>What can be reached from a root over vertices that fulfil the query, at most that far.</summary>
    public static List<int> Around(VitrageGraph graph, int root, VitrageQuery? query, int? depth)
    {
        var neighbours = graph.Neighbours(outward: true, inward: true);
        var seen = new HashSet<int>();
        var ring = new List<int>();
        if (query?.Matches(graph.Vertices[root]) ?? true)
        {
            seen.Add(root);
            ring.Add(root);
        }

        for (var far = 0; ring.Count > 0 && (depth is null || far < depth); far++)
        {
            ring = [
                .. ring.SelectMany(at => neighbours[at])
                    .Where(at => query?.Matches(graph.Vertices[at]) ?? true)
                    .Where(seen.Add),
            ];
        }

        return [.. seen.Order()];
    }

    /// <summary>The node-link form that networkx reads.</summary>
    public static Dictionary<string, object?> NodeLink(VitrageGraph graph, List<int> chosen)
    {
        var index = chosen.Select((vertex, at) => (vertex, at)).ToDictionary(pair => pair.vertex, pair => pair.at);
        return new Dictionary<string, object?>
        {
            ["directed"] = true,
            ["multigraph"] = true,
            ["graph"] = new Dictionary<string, object?>(),
            ["raw"] = true,
            ["nodes"] = chosen.Select((vertex, at) => Node(graph.Vertices[vertex], at)).ToList(),
            ["links"] = graph.Edges
                .Where(edge => index.ContainsKey(edge.Source) && index.ContainsKey(edge.Target))
                .Select(edge => Link(index[edge.Source], index[edge.Target], edge.Label))
                .ToList(),
        };
    }

    /// <summary>Nested nodes with their children, from the root along the edges; each vertex once.</summary>
    public static Dictionary<string, object?> Tree(VitrageGraph graph, int root, List<int> chosen)
    {
        if (!chosen.Contains(root))
        {
            return [];
        }

        var allowed = chosen.ToHashSet();
        var outward = graph.Neighbours(outward: true, inward: false);
        var nodes = new Dictionary<int, Dictionary<string, object?>> { [root] = Node(graph.Vertices[root], 0) };
        var queue = new Queue<int>([root]);
        while (queue.TryDequeue(out var at))
        {
            var children = new List<Dictionary<string, object?>>();
            var below = outward[at].Where(next => allowed.Contains(next) && !nodes.ContainsKey(next)).Distinct();
            foreach (var next in below.ToList())
            {
                nodes[next] = Node(graph.Vertices[next], nodes.Count);
                children.Add(nodes[next]);
                queue.Enqueue(next);
            }

            if (children.Count > 0)
            {
                nodes[at]["children"] = children;
            }
        }

        return nodes[root];
    }

    private static Dictionary<string, object?> Node(VitrageVertex vertex, int index) =>
        new(vertex.Properties, StringComparer.Ordinal) { ["graph_index"] = index };

    private static Dictionary<string, object?> Link(int source, int target, string label) => new()
    {
        ["source"] = source,
        ["target"] = target,
        ["key"] = label,
        ["relationship_type"] = label,
        ["vitrage_is_deleted"] = false,
    };

    private static Dictionary<int, int> Parents(VitrageGraph graph, int root)
    {
        var outward = graph.Neighbours(outward: true, inward: false);
        var parents = new Dictionary<int, int> { [root] = -1 };
        var queue = new Queue<int>([root]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var next in outward[at].Where(next => parents.TryAdd(next, at)))
            {
                queue.Enqueue(next);
            }
        }

        return parents;
    }
}
