namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>A resource or an alarm with the properties by which Vitrage's clients know it.</summary>
/// <param name="VitrageId">Its id across types: of a resource made from type and id, of an alarm its own.</param>
/// <param name="Properties">All properties by name; null stands for absent.</param>
internal sealed record VitrageVertex(string VitrageId, IReadOnlyDictionary<string, object?> Properties)
{
    /// <summary>The property, or null.</summary>
    public object? this[string name] => Properties.GetValueOrDefault(name);
}

/// <summary>An edge between two vertices, by their positions.</summary>
internal readonly record struct VitrageEdge(int Source, int Target, string Label);
