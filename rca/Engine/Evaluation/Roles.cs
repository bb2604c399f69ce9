namespace Ops.Rca.Evaluation;

/// <summary>A place in a clause that a vertex can take.</summary>
internal sealed class VertexRole(CompiledClause clause, int position) : IRole
{
    public CompiledClause Clause => clause;

    public int Position => position;

    public int Index { get; set; } = -1;
}

/// <summary>
/// A relation of a clause that an edge can be; negated ones lie between two places that are bound otherwise.
/// </summary>
internal sealed class EdgeRole(CompiledClause clause, ClauseEdge edge) : IRole
{
    public CompiledClause Clause => clause;

    public ClauseEdge Edge => edge;

    public int Index { get; set; } = -1;
}

/// <summary>A negated relation of a clause to any vertex of a class.</summary>
internal sealed class WatchRole(CompiledClause clause, ClauseWatch watch) : IRole
{
    public CompiledClause Clause => clause;

    public ClauseWatch Watch => watch;

    public int Index { get; set; } = -1;
}

/// <summary>Something that stands in a <see cref="RoleList{T}"/> and knows where.</summary>
internal interface IRole
{
    /// <summary>Its place, or -1 while it stands in none.</summary>
    int Index { get; set; }
}

/// <summary>The roles that are switched on; switching is O(1).</summary>
internal sealed class RoleList<T>
    where T : class, IRole
{
    private readonly List<T> _roles = [];

    public int Count => _roles.Count;

    public T this[int index] => _roles[index];

    public void Add(T role)
    {
        role.Index = _roles.Count;
        _roles.Add(role);
    }

    public void Remove(T role)
    {
        var last = _roles[^1];
        _roles[role.Index] = last;
        last.Index = role.Index;
        _roles.RemoveAt(_roles.Count - 1);
        role.Index = -1;
    }
}
