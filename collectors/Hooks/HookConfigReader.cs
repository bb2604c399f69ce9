using Ops.Model;

namespace Ops.Collectors.Hooks;

/// <summary>Reads a file of <c>datasources/hooks</c>. Every fault is reported.</summary>
/// <remarks>
/// Vitrage's form of an entry of <c>alerts</c>, <c>key</c> with labels and <c>resource</c> whose values are names of
/// labels, is read too. Source: Vitrage, etc/vitrage/datasources_values and prometheus_conf.yaml.
/// </remarks>
public static class HookConfigReader
{
    /// <summary>The most entries of <c>alerts</c>.</summary>
    public const int RulesMax = 1000;

    /// <summary>The words of <c>format</c>.</summary>
    private static readonly string[] Formats = ["alertmanager", "zabbix", "nagios", "cloudevents", "collectd"];

    /// <summary>The hook of a document; null where there are faults.</summary>
    /// <param name="root">The document.</param>
    /// <param name="fileName">The file's name without its ending.</param>
    /// <param name="faults">Takes the faults.</param>
    public static HookConfig? Read(ConfigNode root, string fileName, ConfigFaults faults)
    {
        var before = faults.All.Count;
        const string what = "a hook";
        if (!faults.Keys(root, what, "hook", "format", "secret", "alerts"))
        {
            return null;
        }

        var name = faults.Text(root, "hook", what) ?? fileName;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            faults.Add(root["hook"] ?? root, $"'hook' of {what} must be letters, digits, '-', '_' and '.', found "
                + $"'{name}'");
        }

        var word = faults.RequiredText(root, "format", what);
        var format = Array.IndexOf(Formats, word);
        if (word.Length > 0 && format < 0)
        {
            faults.NotOneOf(root["format"]!, $"'format' of {what}", Formats);
        }

        var items = faults.List(root, "alerts", what);
        if (items.Count > RulesMax)
        {
            faults.Add(root["alerts"]!, $"'alerts' holds {items.Count} entries; at most {RulesMax} are allowed");
        }

        ResourceRule[] rules = [.. items.Take(RulesMax).Select(item => Rule(item, faults)).OfType<ResourceRule>()];
        var secret = faults.Text(root, "secret", what) is { Length: > 0 } key ? key : null;
        return faults.All.Count > before ? null : new HookConfig(name, (HookFormat)format, secret, rules);
    }

    private static ResourceRule? Rule(ConfigNode item, ConfigFaults faults)
    {
        const string what = "an entry of alerts";
        if (!faults.Keys(item, what, "match", "key", "resource"))
        {
            return null;
        }

        if (item["resource"] is not { Kind: ConfigNodeKind.Mapping } resource)
        {
            faults.Add(item["resource"] ?? item, $"{what} needs 'resource', a mapping with 'id' and mostly 'type'");
            return null;
        }

        var isVitrage = item["key"] is not null;
        if (!isVitrage)
        {
            faults.Keys(resource, "'resource' of " + what, "type", "id", "name");
        }

        var id = Template(resource, "id", isVitrage, faults) ?? Template(resource, "name", isVitrage, faults);
        if (id is null)
        {
            faults.Add(resource, $"'resource' of {what} needs 'id'");
            return null;
        }

        return new ResourceRule(
            Match(item, isVitrage ? "key" : "match", what, faults), Template(resource, "type", false, faults), id,
            Template(resource, "name", isVitrage, faults));
    }

    private static List<KeyValuePair<string, string>> Match(
        ConfigNode item, string key, string what, ConfigFaults faults)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        if (item[key] is not { IsNull: false } match)
        {
            return pairs;
        }

        if (match.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(match, $"'{key}' of {what} must be a mapping of labels to patterns, found {match.Describe()}");
            return pairs;
        }

        foreach (var member in match.Members)
        {
            if (faults.Text(match, member.Key, $"'{key}'") is { } pattern)
            {
                pairs.Add(KeyValuePair.Create(member.Key, pattern));
            }
        }

        return pairs;
    }

    private static LabelTemplate? Template(ConfigNode node, string key, bool isLabel, ConfigFaults faults)
    {
        if (faults.Text(node, key, "'resource'") is not { Length: > 0 } text)
        {
            return null;
        }

        var template = LabelTemplate.Parse(
            isLabel && !text.Contains('{', StringComparison.Ordinal) ? $"{{{text}|host}}" : text, out var fault);
        if (fault is null)
        {
            return template;
        }

        faults.Add(node[key]!, $"'{key}' of 'resource': {fault}");
        return template;
    }
}
