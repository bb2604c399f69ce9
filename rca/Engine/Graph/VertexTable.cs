namespace Ops.Rca.Graph;

/// <summary>The vertices: hot columns as arrays of their own, the rest as an array of <see cref="Vertex"/>.</summary>
internal sealed class VertexTable
{
    /// <summary>The most vertices that the graph holds.</summary>
    public const int VerticesMax = 50_000_000;

    private readonly Stack<int> _free = new();
    private Vertex[] _cold = new Vertex[64];

    /// <summary>The class set of each vertex; 0 is the empty set, that of all that no template may match.</summary>
    public int[] ClassSets { get; private set; } = new int[64];

    /// <summary>The first adjacency group of each vertex, or -1.</summary>
    public int[] FirstGroups { get; private set; } = new int[64];

    /// <summary>The line that last noted the vertex's old state.</summary>
    public int[] NotedAt { get; private set; } = new int[64];

    /// <summary>One more than the highest slot in use.</summary>
    public int Top { get; private set; }

    /// <summary>The cold half of a vertex.</summary>
    public ref Vertex this[int vertex] => ref _cold[vertex];

    /// <summary>Takes a slot for a vertex that is not real yet.</summary>
    public int Add(int kind, string id)
    {
        var vertex = _free.TryPop(out var reused) ? reused : Grow();
        _cold[vertex] = new Vertex { Kind = kind, Id = id, Resource = -1, AtTicks = long.MinValue };
        ClassSets[vertex] = 0;
        FirstGroups[vertex] = -1;
        NotedAt[vertex] = 0;
        return vertex;
    }

    /// <summary>Gives a slot back; the vertex has no edges and is in no index.</summary>
    public void Free(int vertex)
    {
        _cold[vertex] = new Vertex { Id = "", Flags = VertexFlags.Free };
        _free.Push(vertex);
    }

    private int Grow()
    {
        if (Top == VerticesMax)
        {
            throw new InvalidOperationException($"the graph is full: it holds {VerticesMax} vertices");
        }

        if (Top == _cold.Length)
        {
            Array.Resize(ref _cold, Top * 2);
            ClassSets = Doubled(ClassSets);
            FirstGroups = Doubled(FirstGroups);
            NotedAt = Doubled(NotedAt);
        }

        return Top++;
    }

    private static int[] Doubled(int[] column)
    {
        Array.Resize(ref column, column.Length * 2);
        return column;
    }
}
