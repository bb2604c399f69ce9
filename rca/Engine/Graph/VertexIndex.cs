namespace Ops.Rca.Graph;

/// <summary>Finds vertices by kind and id: open addressing over two ints a slot.</summary>
internal sealed class VertexIndex(VertexTable vertices)
{
    private const int Empty = 0;
    private const int Removed = -1;
    private (int Hash, int VertexPlus1)[] _slots = new (int, int)[64];
    private int _used;
    private int _live;

    /// <summary>The vertex, or -1.</summary>
    public int Find(int kind, string id)
    {
        var hash = Hash(kind, id);
        for (var at = hash & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            var slot = _slots[at];
            if (slot.VertexPlus1 == Empty)
            {
                return -1;
            }

            if (slot.Hash == hash && slot.VertexPlus1 != Removed && Is(slot.VertexPlus1 - 1, kind, id))
            {
                return slot.VertexPlus1 - 1;
            }
        }
    }

    /// <summary>Adds a vertex that is not there yet.</summary>
    public void Add(int vertex)
    {
        if ((_used + 1) * 3 > _slots.Length * 2)
        {
            Rebuild();
        }

        ref var cold = ref vertices[vertex];
        if (Place(Hash(cold.Kind, cold.Id), vertex + 1))
        {
            _used++;
        }

        _live++;
    }

    /// <summary>Removes a vertex that is there.</summary>
    public void Remove(int vertex)
    {
        ref var cold = ref vertices[vertex];
        var at = Hash(cold.Kind, cold.Id) & (_slots.Length - 1);
        while (_slots[at].VertexPlus1 != vertex + 1)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        _slots[at].VertexPlus1 = Removed;
        _live--;
    }

    private static int Hash(int kind, string id) =>
        (int)((uint)(id.GetHashCode() + (kind * 0x61C88647)) * 0x9E3779B1 >> 1);

    private bool Is(int vertex, int kind, string id)
    {
        ref var cold = ref vertices[vertex];
        return cold.Kind == kind && string.Equals(cold.Id, id);
    }

    private bool Place(int hash, int vertexPlus1)
    {
        var at = hash & (_slots.Length - 1);
        while (_slots[at].VertexPlus1 > 0)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        var fresh = _slots[at].VertexPlus1 == Empty;
        _slots[at] = (hash, vertexPlus1);
        return fresh;
    }

    private void Rebuild()
    {
        var old = _slots;
        var size = 64;
        while (size < (_live + 1) * 2)
        {
            size *= 2;
        }

        _slots = new (int, int)[size];
        _used = 0;
        foreach (var slot in old)
        {
            if (slot.VertexPlus1 > 0)
            {
                Place(slot.Hash, slot.VertexPlus1);
                _used++;
            }
        }
    }
}
