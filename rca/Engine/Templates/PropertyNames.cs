using System.Collections.Frozen;

namespace Ops.Rca.Templates;

/// <summary>The short names that templates use for properties of a vertex.</summary>
public static class PropertyNames
{
    private static readonly FrozenDictionary<string, string> FullNames = new[]
    {
        "category", "type", "resource_id", "sample_timestamp", "is_deleted", "is_placeholder", "aggregated_state",
        "operational_state", "aggregated_severity", "operational_severity",
    }.ToFrozenDictionary(name => name, name => "vitrage_" + name, StringComparer.Ordinal);

    /// <summary>The full name: <c>type</c> becomes <c>vitrage_type</c>; any other name stays as it is.</summary>
    public static string Full(string name) => FullNames.GetValueOrDefault(name, name);
}
