using System.Globalization;
using Ops.Console.Words;
using Ops.Model;

namespace Ops.Console.Topology;

/// <summary>Everything that is shown of one entity.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Alarms">Its live alarms, worst first.</param>
/// <param name="Neighbours">Its relations by kind, in both directions.</param>
public sealed record EntityDetail(
    EntityView Entity, IReadOnlyList<AlarmView> Alarms, IReadOnlyList<NeighbourGroup> Neighbours)
{
    /// <summary>The detail of the entity with that mark, <c>type:id</c>; null when there is none.</summary>
    public static EntityDetail? Of(string mark, TopologyView topology, IReadOnlyList<AlarmView> alarms)
    {
        var byKey = topology.Entities.ToDictionary(entity => new EntityRef(entity.Type, entity.Id));
        var key = byKey.Keys.FirstOrDefault(key => key.ToString() == mark);
        if (key == default)
        {
            return null;
        }

        var own = alarms.Where(
            alarm => alarm.State == "alarm" && alarm.Resource.Id == key.Id && alarm.Resource.Type == key.Type)
            .OrderByDescending(alarm => Severities.Of(alarm.Severity)).ThenBy(alarm => alarm.Since);
        var neighbours = topology.Relations
            .Where(relation => relation.From == key || relation.To == key)
            .Select(relation =>
                (Title: Title(relation, key), Other: relation.From == key ? relation.To : relation.From))
            .Where(pair => byKey.ContainsKey(pair.Other))
            .GroupBy(pair => pair.Title, pair => byKey[pair.Other])
            .Select(group => new NeighbourGroup(
                group.Key, [.. group.Distinct().OrderBy(EntityWords.Title, StringComparer.OrdinalIgnoreCase)]))
            .OrderBy(group => group.Title, StringComparer.Ordinal);
        return new EntityDetail(byKey[key], [.. own], [.. neighbours]);
    }

    /// <summary>The properties that say something, by name, as text.</summary>
    public IEnumerable<(string Name, string Text)> Properties => Entity.Properties
        .Select(pair => (Name: pair.Key.Replace('_', ' '), Text: Say(pair.Key, pair.Value)))
        .Where(pair => pair.Text.Length > 0)
        .OrderBy(pair => pair.Name, StringComparer.Ordinal);

    private static string Say(string name, object? value) => value switch
    {
        long or double or int when name is "size" or "size_bytes" or "memory" =>
            Quantity.Say(Convert.ToDouble(value, CultureInfo.InvariantCulture), "B"),
        true => "yes",
        false => "no",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Title(RelationView relation, EntityRef key) => (relation.Label, relation.From == key) switch
    {
        ("connects", true) => "Connects to",
        ("connects", false) => "Is connected from",
        ("contains", true) => "Contains",
        ("contains", false) => "Is contained in",
        ("on", true) => "Lies on",
        ("on", false) => "Bears",
        ("uses", true) => "Uses",
        ("uses", false) => "Is used by",
        (var label, true) => Sentences.Capital(label),
        (var label, false) => Sentences.Capital(label) + ", from",
    };
}

/// <summary>Neighbours of one kind of relation.</summary>
/// <param name="Title">What they are to the entity: <c>Connects to</c>.</param>
/// <param name="Entities">Who they are, by name.</param>
public sealed record NeighbourGroup(string Title, IReadOnlyList<EntityView> Entities);
