using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>Which notifications make which event: patterns of event types, exclusions, and traits in order.</summary>
internal sealed class EventDefinition
{
    private readonly IReadOnlyList<string> _included;
    private readonly IReadOnlyList<string> _excluded;

    /// <summary>A definition.</summary>
    /// <param name="eventTypes">Patterns; those that begin with <c>!</c> exclude, and alone exclude from all.</param>
    /// <param name="traits">The traits besides the default ones, which they replace by name.</param>
    public EventDefinition(IReadOnlyList<string> eventTypes, IReadOnlyList<TraitDefinition> traits)
    {
        _excluded = [.. eventTypes.Where(type => type.StartsWith('!')).Select(type => type[1..])];
        string[] included = [.. eventTypes.Where(type => !type.StartsWith('!'))];
        _included = included.Length == 0 && _excluded.Count > 0 ? ["*"] : included;
        var all = new List<TraitDefinition>(DefaultTraits.All);
        foreach (var trait in traits)
        {
            var place = all.FindIndex(one => one.Name == trait.Name);
            if (place >= 0)
            {
                all[place] = trait;
            }
            else
            {
                all.Add(trait);
            }
        }

        Traits = all;
    }

    public IReadOnlyList<TraitDefinition> Traits { get; }

    /// <summary>Whether it takes everything.</summary>
    public bool IsCatchAll => _excluded.Count == 0 && _included.Contains("*");

    public bool Matches(string eventType) =>
        _included.Any(pattern => Glob.Matches(pattern, eventType))
        && !_excluded.Any(pattern => Glob.Matches(pattern, eventType));
}
