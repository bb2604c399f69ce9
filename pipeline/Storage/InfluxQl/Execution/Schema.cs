using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>The fields and tags that the strands of a statement have.</summary>
internal sealed class Schema
{
    /// <summary>Gathers them.</summary>
    public Schema(IReadOnlyCollection<Strand> strands)
    {
        foreach (var strand in strands)
        {
            Fields.UnionWith(strand.FieldNames);
            foreach (var (name, _) in strand.Tags)
            {
                Tags.Add(name);
            }
        }
    }

    /// <summary>Field names in order.</summary>
    public SortedSet<string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Tag names in order.</summary>
    public SortedSet<string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a name means a field.</summary>
    public bool IsField(ColumnName name) => name.Cast switch
    {
        ColumnCast.Field => true,
        ColumnCast.Tag => false,
        _ => Fields.Contains(name.Name),
    };

    /// <summary>Whether a selected name means a tag: one that is neither is an empty field.</summary>
    public bool IsSelectedTag(ColumnName name) =>
        !IsField(name) && (name.Cast == ColumnCast.Tag || Tags.Contains(name.Name));
}
