using System.Globalization;
using Ops.Collectors.Expressions;
using Ops.Collectors.Polling;
using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Makes samples and observations of one entry.</summary>
internal sealed class EntryScope(object? entry, IReadOnlyDictionary<string, object?> variables)
{
    /// <summary>An entry that a cloud listed.</summary>
    public static EntryScope Of(object? entry, string cloud) =>
        new(entry, new Dictionary<string, object?> { ["entry"] = entry, ["cloud"] = cloud });

    /// <summary>The sample; null where the entry yields none.</summary>
    public PolledSample? Sample(SampleDefinition sample)
    {
        if (!Holds(sample.When) || Volume(sample) is not { } volume || Text(sample.ResourceId) is not { } resource)
        {
            return null;
        }

        return new PolledSample(sample.Meter, sample.Kind, sample.Unit, resource, volume)
        {
            ResourceName = Text(sample.ResourceName),
            ResourceType = sample.ResourceType,
            ProjectId = Text(sample.ProjectId),
            UserId = Text(sample.UserId),
            Metadata = sample.Metadata.ToDictionary(pair => pair.Key, pair => pair.Value.OrNull(entry, variables)),
        };
    }

    /// <summary>The observation; null where the entry stands for no such entity.</summary>
    public Observation? Entity(EntityDefinition entity, string datasource)
    {
        if (!Holds(entity.When) || Text(entity.Id) is not { } id)
        {
            return null;
        }

        var state = Text(entity.State);
        return new Observation
        {
            Entity = new EntityRef(entity.Type, id),
            Name = Text(entity.Name),
            State = state is not null && entity.States.TryGetValue(state, out var word) ? word : state,
            Properties = entity.Properties.ToDictionary(
                pair => pair.Key, pair => Flat(pair.Value.OrNull(entry, variables))),
            Relations = [.. entity.Relations.SelectMany(Relations)],
            Complete = [.. entity.Relations
                .Select(relation => new RelationKind(relation.Label, relation.Direction, relation.Type)).Distinct()],
            Datasource = datasource,
        };
    }

    /// <summary>A value as an id or a name; null for nothing, empty text and what is no single value.</summary>
    public string? Text(Extract? extract) => extract?.OrNull(entry, variables) switch
    {
        null or "" or IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => null,
        var value => ValueText.Of(value),
    };

    public bool Holds(Extract? when) => when is null || ValueOperators.IsTrue(when.OrNull(entry, variables));

    /// <summary>A number, a numeric text or a truth value as a volume; else null.</summary>
    public static double? AsVolume(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        long whole => whole,
        double number => number,
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private double? Volume(SampleDefinition sample)
    {
        var value = sample.Volume.OrNull(entry, variables);
        if (sample.Values.Count == 0)
        {
            return AsVolume(value);
        }

        return sample.Values.TryGetValue(ValueText.Of(value), out var stands) ? stands : sample.OtherValue;
    }

    private IEnumerable<ObservedRelation> Relations(RelationDefinition relation)
    {
        if (!Holds(relation.When))
        {
            return [];
        }

        var value = relation.Id.OrNull(entry, variables);
        IReadOnlyList<object?> ids = value switch
        {
            null or "" or IReadOnlyDictionary<string, object?> => [],
            IReadOnlyList<object?> list => list,
            _ => [value],
        };
        return ids.Where(id => id is not (null or "")).Select(id => new ObservedRelation(
            relation.Label, relation.Direction, new EntityRef(relation.Type, ValueText.Of(id))));
    }

    /// <summary>Properties are single values; what is not is kept as text.</summary>
    private static object? Flat(object? value) =>
        value is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> ? ValueText.Of(value) : value;
}
