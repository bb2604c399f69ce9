namespace Ops.Rca.Evaluation;

/// <summary>Names a vertex: by kind and id, an observed alarm by kind, name and resource.</summary>
/// <param name="Kind">Category and type.</param>
/// <param name="Id">The id, or the alarm's name.</param>
/// <param name="ResourceKind">The kind of what the alarm lies on; -1 where it is no alarm.</param>
/// <param name="ResourceId">Its id.</param>
internal readonly record struct VertexName(int Kind, string Id, int ResourceKind = -1, string? ResourceId = null);

/// <summary>A relation of a reported entity.</summary>
internal readonly record struct ReportedRelation(int Label, bool Outward, VertexName Neighbour);

/// <summary>A kind of relation of which a report names all there are; a kind below 0 stands for any.</summary>
internal readonly record struct CompleteRelation(int Label, bool Outward, int Kind);

/// <summary>What was seen of an entity. One object is filled again and again.</summary>
internal sealed class EntityReport
{
    public VertexName Entity { get; set; }

    /// <summary>When, in ticks UTC.</summary>
    public long AtTicks { get; set; }

    /// <summary>Whether the report says a name, or with null takes it away.</summary>
    public bool HasName { get; set; }

    public string? Name { get; set; }

    /// <summary>Whether the report says a state (an alarm: a severity), or with null takes it away.</summary>
    public bool HasSaid { get; set; }

    public string? Said { get; set; }

    /// <summary>Further properties by number; null removes one.</summary>
    public List<KeyValuePair<int, object?>> Others { get; } = [];

    public List<ReportedRelation> Relations { get; } = [];

    public List<CompleteRelation> Complete { get; } = [];

    public void Clear()
    {
        Entity = default;
        AtTicks = 0;
        HasName = HasSaid = false;
        Name = Said = null;
        Others.Clear();
        Relations.Clear();
        Complete.Clear();
    }
}
