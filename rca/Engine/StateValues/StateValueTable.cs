namespace Ops.Rca.StateValues;

/// <summary>What one word means: how bad it is, and its operational value.</summary>
public readonly record struct StateValue(int Priority, string Operational);

/// <summary>The state values of one entity type. Words compare without case.</summary>
/// <param name="Type">The entity type; <c>default</c> for types without a file of their own.</param>
/// <param name="Category">RESOURCE or ALARM.</param>
/// <param name="Words">The words.</param>
public sealed record StateValueTable(string Type, string Category, IReadOnlyDictionary<string, StateValue> Words);
