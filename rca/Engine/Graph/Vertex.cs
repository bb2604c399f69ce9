using Ops.Rca.StateValues;

namespace Ops.Rca.Graph;

/// <summary>What may be true of a vertex.</summary>
[Flags]
internal enum VertexFlags : byte
{
    None = 0,

    /// <summary>Seen itself, not only named by a neighbour.</summary>
    Real = 1,

    /// <summary>Soft-deleted: kept for its time and its return.</summary>
    Deleted = 2,

    /// <summary>A scenario raised it.</summary>
    Deduced = 4,

    /// <summary>A scenario marked it as down.</summary>
    MarkedDown = 8,

    /// <summary>Its slot is free.</summary>
    Free = 16,

    /// <summary>Alarms have lain on it, so that it stays even without edges: their times are kept by it.</summary>
    Pinned = 32,
}

/// <summary>The cold half of a vertex: what the inner loops of matching do not read.</summary>
internal struct Vertex
{
    /// <summary>Category and type.</summary>
    public int Kind;

    /// <summary>The resource that an alarm lies on, or -1.</summary>
    public int Resource;

    /// <summary>How often the alarm came; 1 the first time.</summary>
    public int Incarnation;

    /// <summary>What may be true of it.</summary>
    public VertexFlags Flags;

    /// <summary>The id within the kind; of an alarm its name.</summary>
    public string Id;

    /// <summary>The name for people, or null.</summary>
    public string? Name;

    /// <summary>The state of a resource or the severity of an alarm, as its datasource says it.</summary>
    public Reading? Said;

    /// <summary>The state that scenarios set.</summary>
    public Reading? Deduced;

    /// <summary>Further properties; replaced as a whole, never written in place.</summary>
    public KeyValuePair<int, object>[]? Others;

    /// <summary>When it was last seen, in ticks (100 ns) UTC.</summary>
    public long AtTicks;

    /// <summary>Since when it is live in this incarnation, in ticks UTC.</summary>
    public long SinceTicks;

    /// <summary>Whether templates may match it.</summary>
    public readonly bool IsLive => (Flags & (VertexFlags.Real | VertexFlags.Deleted)) == VertexFlags.Real;

    /// <summary>The worst of said and deduced; at a tie the said.</summary>
    public readonly Reading? Aggregated =>
        Deduced is null || (Said is not null && Said.Priority >= Deduced.Priority) ? Said : Deduced;

    /// <summary>The value of a further property, or null.</summary>
    public readonly object? Other(int property)
    {
        foreach (var pair in Others ?? [])
        {
            if (pair.Key == property)
            {
                return pair.Value;
            }
        }

        return null;
    }
}
