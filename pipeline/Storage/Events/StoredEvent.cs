namespace Ops.Storage.Events;

/// <summary>Something that happened, as it is kept.</summary>
/// <param name="MessageId">The notification's id.</param>
/// <param name="Type">Such as <c>compute.instance.create.end</c>.</param>
/// <param name="GeneratedNs">When, in nanoseconds since the epoch.</param>
/// <param name="Traits">Its traits in order.</param>
/// <param name="Raw">The notification as JSON, or null.</param>
public sealed record StoredEvent(
    string MessageId, string Type, long GeneratedNs, IReadOnlyList<StoredTrait> Traits, string? Raw = null);

/// <summary>A typed fact of an event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">1 text, 2 integer, 3 float, 4 datetime.</param>
/// <param name="Value">Its value as text.</param>
public sealed record StoredTrait(string Name, int Type, string Value);
