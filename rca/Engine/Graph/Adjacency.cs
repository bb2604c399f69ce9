namespace Ops.Rca.Graph;

/// <summary>One end of an edge as the other end sees it.</summary>
internal struct Adjacent
{
    /// <summary>The vertex at the far end.</summary>
    public int Vertex;

    /// <summary>The edge.</summary>
    public int Edge;
}

/// <summary>The edges of one vertex that share label, direction and the kind of the neighbour.</summary>
internal struct AdjacencyGroup
{
    /// <summary>See <see cref="Adjacency.Key"/>.</summary>
    public long Key;

    /// <summary>The vertex's next group, or -1.</summary>
    public int Next;

    /// <summary>How many edges.</summary>
    public int Count;

    /// <summary>The edge where there has never been more than one.</summary>
    public Adjacent Single;

    /// <summary>The edges where there have been more.</summary>
    public Adjacent[]? Many;
}

/// <summary>
/// Who is next to whom, grouped by (label, direction, neighbour kind). Removal is O(1): edges know their places.
/// </summary>
internal sealed class Adjacency(VertexTable vertices)
{
    private readonly Stack<int> _free = new();
    private AdjacencyGroup[] _groups = new AdjacencyGroup[64];
    private int _top;

    /// <summary>A group of the pool.</summary>
    public ref AdjacencyGroup this[int group] => ref _groups[group];

    /// <summary>What is next to a vertex through a group.</summary>
    public ReadOnlySpan<Adjacent> Of(int group)
    {
        ref var it = ref _groups[group];
        return it.Many is { } many
            ? many.AsSpan(0, it.Count)
            : System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpan(ref it.Single, it.Count);
    }

    /// <summary>The key of (label, direction) without a kind.</summary>
    public static int LabelKey(int label, bool outward) => (label << 1) | (outward ? 1 : 0);

    /// <summary>The key of a group: (label, direction) above, the neighbour's kind below.</summary>
    public static long Key(int labelKey, int kind) => ((long)labelKey << 32) | (uint)kind;

    /// <summary>The vertex's group with that key, or -1.</summary>
    public int Find(int vertex, long key)
    {
        for (var group = vertices.FirstGroups[vertex]; group >= 0; group = _groups[group].Next)
        {
            if (_groups[group].Key == key)
            {
                return group;
            }
        }

        return -1;
    }

    /// <summary>Adds an edge end; returns the group, and the place within it.</summary>
    public int Add(int vertex, long key, Adjacent end, out int place)
    {
        var group = Find(vertex, key);
        if (group < 0)
        {
            group = NewGroup();
            _groups[group] = new AdjacencyGroup { Key = key, Next = vertices.FirstGroups[vertex] };
            vertices.FirstGroups[vertex] = group;
        }

        ref var it = ref _groups[group];
        place = it.Count++;
        if (it.Many is null && place == 0)
        {
            it.Single = end;
            return group;
        }

        if (it.Many is null)
        {
            it.Many = new Adjacent[4];
            it.Many[0] = it.Single;
        }
        else if (it.Many.Length == place)
        {
            Array.Resize(ref it.Many, place * 2);
        }

        it.Many[place] = end;
        return group;
    }

    /// <summary>Removes the end at a place; returns the edge that moved there, or -1.</summary>
    public int Remove(int group, int place)
    {
        ref var it = ref _groups[group];
        it.Count--;
        if (it.Many is null || place == it.Count)
        {
            return -1;
        }

        it.Many[place] = it.Many[it.Count];
        return it.Many[place].Edge;
    }

    /// <summary>Gives back all groups of a vertex, which must be empty.</summary>
    public void Release(int vertex)
    {
        for (var group = vertices.FirstGroups[vertex]; group >= 0;)
        {
            var next = _groups[group].Next;
            _groups[group] = default;
            _free.Push(group);
            group = next;
        }

        vertices.FirstGroups[vertex] = -1;
    }

    private int NewGroup()
    {
        if (_free.TryPop(out var group))
        {
            return group;
        }

        if (_top == _groups.Length)
        {
            Array.Resize(ref _groups, _top * 2);
        }

        return _top++;
    }
}
