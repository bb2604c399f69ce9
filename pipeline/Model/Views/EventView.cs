namespace Ops.Model;

/// <summary>An event as lists show it.</summary>
/// <param name="MessageId">The notification's id.</param>
/// <param name="EventType">Such as <c>service.update</c>.</param>
/// <param name="Generated">When.</param>
/// <param name="Traits">Its traits by name: string, long, double, or a time.</param>
public sealed record EventView(
    string MessageId, string EventType, DateTimeOffset Generated, IReadOnlyDictionary<string, object?> Traits)
{
    /// <summary>The view of an event.</summary>
    public static EventView Of(Event one)
    {
        var traits = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var trait in one.Traits)
        {
            traits[trait.Name] = trait.Typed();
        }

        return new EventView(one.MessageId, one.Type, Timestamps.FromUnixNs(one.GeneratedNs), traits);
    }
}
