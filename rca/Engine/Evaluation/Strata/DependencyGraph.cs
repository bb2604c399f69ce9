namespace Ops.Rca.Evaluation.Strata;

/// <summary>
/// Scenarios and what they deduce, with who rests on whom; finds components, levels and negative cycles.
/// </summary>
internal sealed class DependencyGraph
{
    /// <summary>The most cycles that are told; more help nobody.</summary>
    private const int CyclesMax = 100;

    private readonly List<(string Name, string? Owner)> _nodes = [];
    private readonly List<List<(int To, DependenceSigns Signs)>> _edges = [];
    private int[] _components = [];
    private int[] _levels = [];

    public int AddNode(string name, string? owner)
    {
        _nodes.Add((name, owner));
        _edges.Add([]);
        return _nodes.Count - 1;
    }

    public void Connect(int from, int to, DependenceSigns signs)
    {
        if (signs != DependenceSigns.None)
        {
            _edges[from].Add((to, signs));
        }
    }

    public string NameOf(int node) => _nodes[node].Name;

    public string? OwnerOf(int node) => _nodes[node].Owner;

    public int ComponentOf(int node) => _components[node];

    public int LevelOf(int node) => _levels[_components[node]];

    /// <summary>Finds the strongly connected components (Tarjan, without recursion) and their levels.</summary>
    public void FindComponents()
    {
        var count = _nodes.Count;
        _components = new int[count];
        Array.Fill(_components, -1);
        var (order, low, onStack) = (new int[count], new int[count], new bool[count]);
        var stack = new Stack<int>();
        var walk = new Stack<(int Node, int Next)>();
        var (seen, components) = (0, 0);
        for (var root = 0; root < count; root++)
        {
            if (order[root] == 0)
            {
                walk.Push((root, 0));
            }

            while (walk.TryPop(out var at))
            {
                var (node, next) = at;
                if (next == 0)
                {
                    order[node] = low[node] = ++seen;
                    stack.Push(node);
                    onStack[node] = true;
                }
                else if (onStack[_edges[node][next - 1].To])
                {
                    low[node] = Math.Min(low[node], low[_edges[node][next - 1].To]);
                }

                if (next < _edges[node].Count)
                {
                    walk.Push((node, next + 1));
                    if (order[_edges[node][next].To] == 0)
                    {
                        walk.Push((_edges[node][next].To, 0));
                    }
                }
                else if (low[node] == order[node])
                {
                    Close(node, components++, stack, onStack);
                }
            }
        }

        FindLevels(components);
    }

    /// <summary>
    /// For each negative edge within a component a shortest cycle through it, the first node repeated at the end.
    /// </summary>
    public IEnumerable<IReadOnlyList<int>> NegativeCycles()
    {
        var told = 0;
        for (var from = 0; from < _nodes.Count; from++)
        {
            foreach (var (to, signs) in _edges[from])
            {
                if ((signs & DependenceSigns.Negative) == 0 || _components[from] != _components[to])
                {
                    continue;
                }

                yield return Cycle(to, from);
                if (++told == CyclesMax)
                {
                    yield break;
                }
            }
        }
    }

    private void Close(int root, int component, Stack<int> stack, bool[] onStack)
    {
        int node;
        do
        {
            node = stack.Pop();
            onStack[node] = false;
            _components[node] = component;
        }
        while (node != root);
    }

    /// <summary>
    /// A component's level is one more than the highest it rests on. Tarjan numbers what follows first.
    /// </summary>
    private void FindLevels(int components)
    {
        _levels = new int[components];
        foreach (var node in Enumerable.Range(0, _nodes.Count).OrderByDescending(node => _components[node]))
        {
            foreach (var (to, _) in _edges[node])
            {
                if (_components[to] != _components[node])
                {
                    _levels[_components[to]] = Math.Max(_levels[_components[to]], _levels[_components[node]] + 1);
                }
            }
        }
    }

    private List<int> Cycle(int from, int to)
    {
        var before = new Dictionary<int, int> { [from] = -1 };
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var node) && node != to)
        {
            foreach (var (next, _) in _edges[node])
            {
                if (_components[next] == _components[from] && before.TryAdd(next, node))
                {
                    queue.Enqueue(next);
                }
            }
        }

        var path = new List<int>();
        for (var node = to; node >= 0; node = before[node])
        {
            path.Insert(0, node);
        }

        path.Add(from);
        return path;
    }
}
