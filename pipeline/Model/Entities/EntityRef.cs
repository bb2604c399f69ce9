namespace Ops.Model;

/// <summary>Names a resource entity of the graph.</summary>
/// <param name="Type">The entity type, such as <c>nova.host</c> or <c>service</c>.</param>
/// <param name="Id">The id, unique within the type.</param>
public readonly record struct EntityRef(string Type, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}:{Id}";
}
