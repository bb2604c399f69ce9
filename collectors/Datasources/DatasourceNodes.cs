using Ops.Model;

namespace Ops.Collectors.Datasources;

/// <summary>Reads what several parts of datasource files share: extracts, mappings, headers.</summary>
internal static class DatasourceNodes
{
    /// <summary>The names that expressions over an entry see.</summary>
    public static readonly IReadOnlyList<string> EntryNames = ["entry", "cloud"];

    /// <summary>The names that expressions over a notification see.</summary>
    public static readonly IReadOnlyList<string> NotificationNames = ["entry", "cloud", "notification"];

    public static Extract? Extract(
        ConfigNode mapping, string key, string what, IReadOnlyList<string> names, ConfigFaults faults) =>
        mapping[key] is { IsNull: false } node
            ? Datasources.Extract.Read(node, $"'{key}' of {what}", names, faults)
            : null;

    public static Extract? Required(
        ConfigNode mapping, string key, string what, IReadOnlyList<string> names, ConfigFaults faults)
    {
        if (mapping[key] is null or { IsNull: true })
        {
            faults.Add(mapping, $"{what} needs '{key}'");
            return null;
        }

        return Extract(mapping, key, what, names, faults);
    }

    /// <summary>A mapping of names to extracts; a list of paths names each by itself.</summary>
    public static IReadOnlyDictionary<string, Extract> Extracts(
        ConfigNode mapping, string key, string what, IReadOnlyList<string> names, ConfigFaults faults)
    {
        var extracts = new Dictionary<string, Extract>(StringComparer.Ordinal);
        var node = mapping[key];
        foreach (var member in node?.Members ?? [])
        {
            var of = $"'{member.Key}' in '{key}' of {what}";
            if (Datasources.Extract.Read(member.Value, of, names, faults) is { } one)
            {
                extracts[member.Key] = one;
            }
        }

        foreach (var item in node?.Items ?? [])
        {
            if (Datasources.Extract.Read(item, $"an item of '{key}' of {what}", names, faults) is { } one)
            {
                extracts[one.Text] = one;
            }
        }

        if (node is { Kind: ConfigNodeKind.Scalar, IsNull: false })
        {
            faults.Add(node, $"'{key}' of {what} must be a mapping or a list, found {node.Describe()}");
        }

        return extracts;
    }

    /// <summary>A mapping of texts.</summary>
    public static IReadOnlyDictionary<string, string> Texts(
        ConfigNode mapping, string key, string what, ConfigFaults faults)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var node = mapping[key];
        if (node is null || node.IsNull)
        {
            return texts;
        }

        // Ceilometer's documentation writes headers both as a mapping and as a list of mappings.
        IReadOnlyList<ConfigMember> members = node.Kind == ConfigNodeKind.Sequence
            ? [.. node.Items.SelectMany(item => item.Members)]
            : node.Members;
        if (node.Kind == ConfigNodeKind.Scalar)
        {
            faults.Add(node, $"'{key}' of {what} must be a mapping, found {node.Describe()}");
        }

        foreach (var member in members)
        {
            if (member.Value.Kind != ConfigNodeKind.Scalar || member.Value.Text is null)
            {
                faults.Add(member.Value, $"'{member.Key}' in '{key}' of {what} must be text, found "
                    + member.Value.Describe());
                continue;
            }

            texts[member.Key] = member.Value.Text;
        }

        return texts;
    }

    /// <summary>Texts of a list, or a single one.</summary>
    public static IReadOnlyList<string> Words(ConfigNode mapping, string key, string what, ConfigFaults faults)
    {
        var node = mapping[key];
        if (node is { Kind: ConfigNodeKind.Scalar, Text: { } text })
        {
            return [text];
        }

        var words = new List<string>();
        foreach (var item in faults.List(mapping, key, what))
        {
            if (item is { Kind: ConfigNodeKind.Scalar, Text: { } word })
            {
                words.Add(word);
            }
            else
            {
                faults.Add(item, $"an item of '{key}' of {what} must be text, found {item.Describe()}");
            }
        }

        return words;
    }

    /// <summary>The plain value of a scalar as YAML understands it.</summary>
    public static object? Plain(ConfigNode node)
    {
        if (node.Text is not { } text || node.IsQuoted)
        {
            return node.Text;
        }

        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return text switch
        {
            "true" or "True" => true,
            "false" or "False" => false,
            _ when long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, culture, out var whole) =>
                whole,
            _ when double.TryParse(text, System.Globalization.NumberStyles.Float, culture, out var number) => number,
            _ => text,
        };
    }
}
