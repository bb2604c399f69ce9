namespace Ops.Model;

/// <summary>Sets or removes one document of the state store.</summary>
/// <param name="Area">Whose it is, such as <c>alarms</c>.</param>
/// <param name="Key">Its key within the area.</param>
/// <param name="Value">Its bytes; null removes it.</param>
public readonly record struct StateChange(string Area, string Key, byte[]? Value);

/// <summary>Keeps what must outlive the process: alarm states, the graph's facts, deliveries that are due.</summary>
public interface IStateStore
{
    /// <summary>The document, or null.</summary>
    byte[]? Read(string area, string key);

    /// <summary>All documents of an area, by key.</summary>
    IReadOnlyList<KeyValuePair<string, byte[]>> ReadAll(string area);

    /// <summary>Makes all changes or none; they are on disk when it returns.</summary>
    void Write(IReadOnlyList<StateChange> changes);
}
