using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>
/// What <c>event_definitions.yaml</c> says: which events are made of which notifications, with which traits. Immutable.
/// </summary>
/// <remarks>
/// Of several definitions that match an event type the last one in the file counts. Source: Ceilometer 19.
/// </remarks>
public sealed class EventDefinitions
{
    private static readonly EventDefinition CatchAll = new(["*"], []);

    private readonly IReadOnlyList<EventDefinition> _fromTheLast;

    internal EventDefinitions(IEnumerable<EventDefinition> inOrder) => _fromTheLast = [.. inOrder.Reverse()];

    /// <summary>No definitions: every notification makes an event with the default traits.</summary>
    public static EventDefinitions Empty { get; } = new([]);

    /// <summary>How many definitions there are.</summary>
    public int Count => _fromTheLast.Count;

    /// <summary>Reads a file; null with faults where it is wrong, no definitions where it is empty.</summary>
    /// <param name="root">The document, a list; null for an empty one.</param>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="faults">Takes every fault of the file.</param>
    public static EventDefinitions? Read(ConfigNode? root, string file, ConfigFaults faults) =>
        new EventDefinitionsReader(faults).Read(root, file);

    /// <summary>The definition for an event type; null where none matches and unmatched ones are dropped.</summary>
    internal EventDefinition? For(string eventType, bool dropUnmatched) =>
        _fromTheLast.FirstOrDefault(definition => definition.Matches(eventType)) ?? (dropUnmatched ? null : CatchAll);
}
