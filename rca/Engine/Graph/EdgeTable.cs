namespace Ops.Rca.Graph;

/// <summary>Who says that an edge is there. It is there while anybody does.</summary>
[Flags]
internal enum EdgeOrigins : byte
{
    None = 0,

    /// <summary>A datasource observed it.</summary>
    Observed = 1,

    /// <summary>A scenario deduced it.</summary>
    Deduced = 2,
}

/// <summary>An edge, with its places in the adjacency of both ends.</summary>
internal struct Edge
{
    public int Source;
    public int Target;
    public int Label;
    public EdgeOrigins Origins;
    public int SourceGroup;
    public int SourcePlace;
    public int TargetGroup;
    public int TargetPlace;
}

/// <summary>The edges, at most one for each (source, label, target), found through open addressing.</summary>
internal sealed class EdgeTable(VertexTable vertices, Adjacency adjacency)
{
    private readonly Stack<int> _free = new();
    private Edge[] _edges = new Edge[64];
    private int[] _slots = new int[128];
    private int _used;
    private int _top;

    /// <summary>How many edges there are.</summary>
    public int Count { get; private set; }

    /// <summary>An edge.</summary>
    public ref Edge this[int edge] => ref _edges[edge];

    /// <summary>The edge, or -1.</summary>
    public int Find(int source, int label, int target)
    {
        for (var at = Hash(source, label, target) & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            var slot = _slots[at];
            if (slot == 0)
            {
                return -1;
            }

            if (slot > 0)
            {
                ref var edge = ref _edges[slot - 1];
                if (edge.Source == source && edge.Target == target && edge.Label == label)
                {
                    return slot - 1;
                }
            }
        }
    }

    /// <summary>Adds an edge that is not there yet.</summary>
    public int Add(int source, int label, int target)
    {
        if ((_used + 1) * 3 > _slots.Length * 2)
        {
            Rehash();
        }

        var index = NewEdge();
        ref var edge = ref _edges[index];
        edge = new Edge { Source = source, Target = target, Label = label };
        var outKey = Adjacency.Key(Adjacency.LabelKey(label, outward: true), vertices[target].Kind);
        var inKey = Adjacency.Key(Adjacency.LabelKey(label, outward: false), vertices[source].Kind);
        edge.SourceGroup = adjacency.Add(
            source, outKey, new Adjacent { Vertex = target, Edge = index }, out edge.SourcePlace);
        edge.TargetGroup = adjacency.Add(
            target, inKey, new Adjacent { Vertex = source, Edge = index }, out edge.TargetPlace);
        Place(index);
        Count++;
        return index;
    }

    /// <summary>Removes an edge.</summary>
    public void Remove(int index)
    {
        ref var edge = ref _edges[index];
        var at = Hash(edge.Source, edge.Label, edge.Target) & (_slots.Length - 1);
        while (_slots[at] != index + 1)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        _slots[at] = -1;
        if (adjacency.Remove(edge.SourceGroup, edge.SourcePlace) is >= 0 and var movedOut)
        {
            _edges[movedOut].SourcePlace = edge.SourcePlace;
        }

        if (adjacency.Remove(edge.TargetGroup, edge.TargetPlace) is >= 0 and var movedIn)
        {
            _edges[movedIn].TargetPlace = edge.TargetPlace;
        }

        _free.Push(index);
        Count--;
    }

    private static int Hash(int source, int label, int target)
    {
        var mixed = ((ulong)(uint)source * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)target * 0xC2B2AE3D27D4EB4F)
            ^ ((ulong)(uint)label * 0x165667B19E3779F9);
        return (int)((mixed * 0xFF51AFD7ED558CCD) >> 33);
    }

    private int NewEdge()
    {
        if (_free.TryPop(out var index))
        {
            return index;
        }

        if (_top == _edges.Length)
        {
            Array.Resize(ref _edges, _top * 2);
        }

        return _top++;
    }

    private void Place(int index)
    {
        ref var edge = ref _edges[index];
        var at = Hash(edge.Source, edge.Label, edge.Target) & (_slots.Length - 1);
        while (_slots[at] > 0)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        _used += _slots[at] == 0 ? 1 : 0;
        _slots[at] = index + 1;
    }

    private void Rehash()
    {
        var old = _slots;
        var size = 128;
        while (size < (Count + 1) * 2)
        {
            size *= 2;
        }

        _slots = new int[size];
        _used = 0;
        foreach (var slot in old)
        {
            if (slot > 0)
            {
                Place(slot - 1);
            }
        }
    }
}
