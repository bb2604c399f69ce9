using Ops.Model;

namespace Ops.Alarms.Rules;

/// <summary>Reads the parts of a rule that speak of attributes: <c>where</c>, <c>by</c> and <c>labels</c>.</summary>
internal static class AttributeReader
{
    /// <summary>The entries of <c>where</c>: attributes with a pattern or a list of patterns.</summary>
    public static IReadOnlyList<AttributeMatch> Matches(ConfigNode rule, string what, ConfigFaults faults)
    {
        var matches = new List<AttributeMatch>();
        foreach (var (key, _, _, value) in Mapping(rule, "where", what, faults))
        {
            var nodes = value.Kind == ConfigNodeKind.Sequence ? value.Items : [value];
            var patterns = nodes.Where(node => node is { Kind: ConfigNodeKind.Scalar, Text: not null }).ToList();
            if (patterns.Count < nodes.Count || nodes.Count == 0)
            {
                faults.Add(
                    value,
                    $"'{key}' in 'where' of {what} must be a pattern or a list of patterns, found {value.Describe()}");
            }

            matches.Add(new AttributeMatch(key, [.. patterns.Select(node => node.Text!)]));
        }

        return matches;
    }

    /// <summary>A list of attribute names.</summary>
    public static IReadOnlyList<string> Names(ConfigNode rule, string key, string what, ConfigFaults faults)
    {
        var names = new List<string>();
        foreach (var node in faults.List(rule, key, what))
        {
            if (node is { Kind: ConfigNodeKind.Scalar, Text.Length: > 0 })
            {
                names.Add(node.Text);
            }
            else
            {
                faults.Add(node, $"'{key}' of {what} must list attribute names, found {node.Describe()}");
            }
        }

        return names;
    }

    /// <summary>The labels: names with texts.</summary>
    public static Tags Labels(ConfigNode rule, string what, ConfigFaults faults)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var (key, _, _, value) in Mapping(rule, "labels", what, faults))
        {
            if (value.Kind == ConfigNodeKind.Scalar)
            {
                labels.Add(KeyValuePair.Create(key, value.Text ?? ""));
            }
            else
            {
                faults.Add(value, $"'{key}' in 'labels' of {what} must be text, found {value.Describe()}");
            }
        }

        return Tags.From(labels);
    }

    private static IReadOnlyList<ConfigMember> Mapping(ConfigNode rule, string key, string what, ConfigFaults faults)
    {
        var node = rule[key];
        if (node is null || node.IsNull)
        {
            return [];
        }

        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"'{key}' of {what} must be a mapping, found {node.Describe()}");
        }

        return node.Members;
    }
}
