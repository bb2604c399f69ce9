namespace Ops.Model;

/// <summary>Something that happened, with typed facts: what a notification became.</summary>
/// <param name="MessageId">The notification's id, unique; what came twice bears the same.</param>
/// <param name="Type">Such as <c>compute.instance.create.end</c>.</param>
/// <param name="GeneratedNs">When, in nanoseconds since the Unix epoch, UTC.</param>
/// <param name="Traits">Its traits in order, each name once.</param>
/// <param name="Raw">The notification as JSON, or null where it is not kept.</param>
public sealed record Event(
    string MessageId, string Type, long GeneratedNs, IReadOnlyList<EventTrait> Traits, string? Raw = null);
