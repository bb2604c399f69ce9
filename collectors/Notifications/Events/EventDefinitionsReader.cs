using Ops.Collectors.Notifications.Definitions;
using Ops.Model;

namespace Ops.Collectors.Notifications.Events;

/// <summary>Reads <see cref="EventDefinitions"/>, reporting all faults at once.</summary>
internal sealed class EventDefinitionsReader(ConfigFaults faults)
{
    private static readonly string[] TypeNames = ["text", "int", "float", "datetime"];

    public EventDefinitions? Read(ConfigNode? root, string file)
    {
        if (root is null || root.IsNull)
        {
            return EventDefinitions.Empty;
        }

        var before = faults.All.Count;
        if (root.Kind != ConfigNodeKind.Sequence)
        {
            faults.Add(root, $"{file} must be a list of event definitions, found {root.Describe()}");
            return null;
        }

        var definitions = root.Items.Select(ReadDefinition).OfType<EventDefinition>().ToArray();
        return faults.All.Count == before ? new EventDefinitions(definitions) : null;
    }

    private EventDefinition? ReadDefinition(ConfigNode node)
    {
        if (!faults.Keys(node, "an event definition", "event_type", "traits"))
        {
            return null;
        }

        var types = ReadTypes(node);
        var what = types.Count > 0 ? $"event definition '{types[0]}'" : "an event definition";
        if (node["traits"] is not { } traits)
        {
            faults.Add(node, $"{what} needs 'traits': a mapping, {{}} for the default ones alone");
            return null;
        }

        if (traits.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(traits, $"'traits' of {what} must be a mapping, found {traits.Describe()}");
            return null;
        }

        return new EventDefinition(
            types, [.. traits.Members.Select(trait => ReadTrait(trait, what)).OfType<TraitDefinition>()]);
    }

    private List<string> ReadTypes(ConfigNode node)
    {
        var types = new List<string>();
        var at = node["event_type"];
        var items = at is { Kind: ConfigNodeKind.Sequence } ? at.Items : at is null || at.IsNull ? [] : [at];
        foreach (var item in items)
        {
            if (item.Kind == ConfigNodeKind.Scalar && item.Text is { Length: > 0 } text && text != "!")
            {
                types.Add(text);
            }
            else
            {
                faults.Add(item, "an event_type must be a name, a pattern such as 'image.*' or an exclusion such as "
                    + $"'!image.*', found {item.Describe()}");
            }
        }

        if (items.Count == 0)
        {
            faults.Add(at ?? node, "an event definition needs 'event_type': one or more names, patterns or exclusions");
        }

        return types;
    }

    private TraitDefinition? ReadTrait(ConfigMember member, string definition)
    {
        var what = $"trait '{member.Key}' of {definition}";
        var field = FieldDefinitionReader.Read(member.Value, what, faults, "type");
        var typeNode = member.Value.Kind == ConfigNodeKind.Mapping ? member.Value["type"] : null;
        TraitType? type = typeNode?.Text?.ToLowerInvariant() switch
        {
            null or "text" => TraitType.Text,
            "int" => TraitType.Integer,
            "float" => TraitType.Float,
            "datetime" => TraitType.DateTime,
            _ => null,
        };
        if (type is null)
        {
            faults.NotOneOf(typeNode!, $"'type' of {what}", TypeNames);
        }

        return field is null || type is null ? null : new TraitDefinition(member.Key, type.Value, field);
    }
}
