using System.Text.Json;
using System.Text.RegularExpressions;
using Ops.Collectors.Notifications.Definitions;
using Ops.Collectors.Notifications.Paths;
using Ops.Model;

namespace Ops.Collectors.Notifications.Meters;

/// <summary>Reads <see cref="MeterDefinitions"/>, reporting all faults of all files at once.</summary>
internal sealed class MeterDefinitionsReader(ConfigFaults faults)
{
    private static readonly string[] Keys =
        [.. SampleFields.Words, "event_type", "metadata", "user_metadata", "lookup"];

    private static readonly SampleField[] Required =
        [SampleField.Name, SampleField.Type, SampleField.Unit, SampleField.Volume, SampleField.ResourceId];

    public MeterDefinitions? Read(IEnumerable<ConfigNode?> files)
    {
        var before = faults.All.Count;
        var all = new List<MeterDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in files)
        {
            if (root is null || root.IsNull || !faults.Keys(root, "a meter file", "metric"))
            {
                continue;
            }

            foreach (var node in faults.List(root, "metric", "a meter file").Reverse())
            {
                if (ReadMeter(node) is not { } meter)
                {
                    continue;
                }

                if (names.Add(meter.Key))
                {
                    all.Add(meter);
                }
                else
                {
                    faults.Warn(node, $"meter '{meter.Key}' is defined already; this definition is passed over");
                }
            }
        }

        return faults.All.Count == before ? new MeterDefinitions(all) : null;
    }

    private MeterDefinition? ReadMeter(ConfigNode node)
    {
        if (!faults.Keys(node, "a meter", Keys))
        {
            return null;
        }

        var before = faults.All.Count;
        var key = node["name"] is { Kind: ConfigNodeKind.Scalar, Text: { Length: > 0 } name } ? name : "";
        var what = key.Length > 0 ? $"meter '{key}'" : "a meter";
        foreach (var field in Required)
        {
            if (node[field.Word()] is null or { IsNull: true } or { Text: "" })
            {
                faults.Add(node, $"{what} needs '{field.Word()}'");
            }
        }

        var lookup = ReadLookup(node, what);
        var meter = new MeterDefinition(key, ReadTypes(node, what))
        {
            Words = ReadWords(node, what, lookup),
            Fields = ReadFields(node, what, lookup),
            Metadata = ReadMetadata(node, what),
            UserMetadata = node["user_metadata"] is { IsNull: false } user
                ? FieldDefinitionReader.Read(user, $"'user_metadata' of {what}", faults)
                : null,
            Lookup = lookup,
        };
        return faults.All.Count == before ? meter : null;
    }

    private List<Regex> ReadTypes(ConfigNode node, string what)
    {
        var patterns = new List<Regex>();
        var at = node["event_type"];
        var items = at is { Kind: ConfigNodeKind.Sequence } ? at.Items : at is null || at.IsNull ? [] : [at];
        foreach (var item in items)
        {
            if (item.Kind != ConfigNodeKind.Scalar || string.IsNullOrEmpty(item.Text))
            {
                faults.Add(item, $"an event_type of {what} must be a regular expression, found {item.Describe()}");
            }
            else if (PythonPattern.Compile(item.Text, isPrefix: true, out var fault) is { } pattern)
            {
                patterns.Add(pattern);
            }
            else
            {
                faults.Add(item, $"an event_type of {what}: {fault}");
            }
        }

        if (items.Count == 0)
        {
            faults.Add(at ?? node, $"{what} needs 'event_type': one or more regular expressions");
        }

        return patterns;
    }

    private HashSet<SampleField>? ReadLookup(ConfigNode node, string what)
    {
        if (node["lookup"] is not { IsNull: false } at)
        {
            return null;
        }

        var lookup = new HashSet<SampleField>();
        foreach (var item in at.Kind == ConfigNodeKind.Sequence ? at.Items : [at])
        {
            var place = SampleFields.Words.ToList().IndexOf(item.Text ?? "");
            if (place < 0)
            {
                faults.NotOneOf(item, $"'lookup' of {what}", SampleFields.Words);
            }
            else
            {
                lookup.Add((SampleField)place);
            }
        }

        return lookup;
    }

    private Dictionary<SampleField, JsonElement> ReadWords(
        ConfigNode node, string what, HashSet<SampleField>? lookup)
    {
        var words = new Dictionary<SampleField, JsonElement>();
        foreach (var field in new[] { SampleField.Name, SampleField.Type, SampleField.Unit })
        {
            if (node[field.Word()] is { Kind: ConfigNodeKind.Scalar, Text: { } text })
            {
                words[field] = JsonSerializer.SerializeToElement(text);
            }
        }

        var type = node["type"];
        if (type is { Text: { Length: > 0 } word } && lookup?.Contains(SampleField.Type) != true
            && !MeterKinds.TryParse(word, out _))
        {
            faults.NotOneOf(type, $"'type' of {what}", ["gauge", "delta", "cumulative"]);
        }

        return words;
    }

    private Dictionary<SampleField, FieldDefinition> ReadFields(
        ConfigNode node, string what, HashSet<SampleField>? lookup)
    {
        var fields = new Dictionary<SampleField, FieldDefinition>();
        foreach (var field in SampleFields.All)
        {
            if (node[field.Word()] is not { IsNull: false } at || IsPlainWord(field, at))
            {
                continue;
            }

            var definition = FieldDefinitionReader.Read(at, $"'{field.Word()}' of {what}", faults);
            if (lookup is not null && definition is { CanGiveMany: false })
            {
                faults.Add(at, $"'{field.Word()}' of {what} has a plugin that gives one value, which does not go with "
                    + "'lookup'");
            }
            else if (definition is not null)
            {
                fields[field] = definition;
            }
        }

        return fields;
    }

    /// <summary>A name, type or unit that is no path, such as <c>%</c> or <c>B/s</c>, stands for itself.</summary>
    private static bool IsPlainWord(SampleField field, ConfigNode at) =>
        field is SampleField.Name or SampleField.Type or SampleField.Unit
        && at is { Kind: ConfigNodeKind.Scalar, Text: { } text }
        && !text.StartsWith('$')
        && (YamlValue.Whole(at) is not null || JsonPath.Parse(text, out _) is null);

    private List<(string Name, FieldDefinition Field)> ReadMetadata(ConfigNode node, string what)
    {
        var metadata = new List<(string Name, FieldDefinition Field)>();
        if (node["metadata"] is not { IsNull: false } at)
        {
            return metadata;
        }

        if (at.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(at, $"'metadata' of {what} must be a mapping, found {at.Describe()}");
        }

        foreach (var member in at.Members)
        {
            if (FieldDefinitionReader.Read(member.Value, $"metadata '{member.Key}' of {what}", faults) is { } field)
            {
                metadata.Add((member.Key, field));
            }
        }

        return metadata;
    }
}
