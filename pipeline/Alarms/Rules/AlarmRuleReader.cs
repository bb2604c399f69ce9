using Ops.Model;

namespace Ops.Alarms.Rules;

/// <summary>Reads <c>alarms/*.yaml</c> into rules and reports every fault at its place.</summary>
public static class AlarmRuleReader
{
    /// <summary>The most rules of all files together.</summary>
    public const int RulesMax = 100_000;

    /// <summary>The most periods (and <c>of</c>) of a rule.</summary>
    public const int PeriodsMax = 100;

    /// <summary>The most characters of a rule's name.</summary>
    public const int NameCharsMax = 200;

    private static readonly string[] Severities =
        ["CRITICAL", "SEVERE", "MAJOR", "MODERATE", "MINOR", "WARNING", "LOW", "INFO"];

    private static readonly string[] Keys =
    [
        "name", "meter", "where", "by", "aggregate", "statistic", "window", "periods", "of", "when", "for",
        "keep_firing_for", "absent_for", "severity", "labels", "runbook",
    ];

    private static readonly string[] KeysToCome =
    [
        "all", "any", "event", "query", "returns_after", "detector", "score", "predict", "promql", "server",
        "time_constraints", "repeat",
    ];

    /// <summary>
    /// Reads all files as one set, in which names are unique. With faults, the result is not to be used.
    /// </summary>
    /// <param name="files">The roots of the files; an empty file has none.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static IReadOnlyList<AlarmRule> Read(IEnumerable<ConfigNode> files, ConfigFaults faults)
    {
        var rules = new List<AlarmRule>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.Kind == ConfigNodeKind.Sequence)
            {
                faults.Add(file, "a list of Aodh alarms is not yet supported; expected a mapping with 'alarms'");
            }
            else if (faults.Keys(file, "an alarms file", "alarms"))
            {
                foreach (var node in faults.List(file, "alarms", "an alarms file"))
                {
                    Collect(node, rules, places, faults);
                }
            }
        }

        return rules;
    }

    private static void Collect(
        ConfigNode node, List<AlarmRule> rules, Dictionary<string, string> places, ConfigFaults faults)
    {
        if (ReadRule(node, faults) is not { } rule)
        {
            return;
        }

        if (!places.TryAdd(rule.Name, rule.Place))
        {
            faults.Add(node["name"]!, $"alarm '{rule.Name}' is already defined at {places[rule.Name]}");
        }
        else if (rules.Count == RulesMax)
        {
            faults.Add(node, $"alarm '{rule.Name}' is one too many; at most {RulesMax} are allowed");
        }
        else
        {
            rules.Add(rule);
        }
    }

    private static AlarmRule? ReadRule(ConfigNode node, ConfigFaults faults)
    {
        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"an alarm must be a mapping, found {node.Describe()}");
            return null;
        }

        var name = faults.RequiredText(node, "name", "an alarm");
        var what = name.Length == 0 ? "an alarm" : $"alarm '{name}'";
        if (name.Length > NameCharsMax)
        {
            faults.Add(
                node["name"]!, $"the name of an alarm has at most {NameCharsMax} characters, found {name.Length}");
        }

        var known = ConfigNode.Mapping(
            [.. node.Members.Where(member => !KeysToCome.Contains(member.Key))], node.File, node.Line, node.Column);
        faults.Keys(known, what, Keys);
        var toCome = node.Members.Where(member => KeysToCome.Contains(member.Key)).ToList();
        foreach (var member in toCome)
        {
            faults.Add(new ConfigFault(
                node.File, member.Line, member.Column,
                $"'{member.Key}' of {what} is not yet supported; a rule has a 'meter' with 'when' or 'absent_for'"));
        }

        return toCome.Count > 0 ? null : ReadSupported(node, name, what, faults);
    }

    private static AlarmRule? ReadSupported(ConfigNode node, string name, string what, ConfigFaults faults)
    {
        var meter = faults.RequiredText(node, "meter", what);
        var rule = new AlarmRule
        {
            Name = name,
            Meter = meter,
            Where = AttributeReader.Matches(node, what, faults),
            By = AttributeReader.Names(node, "by", what, faults),
            KeepFiringFor = faults.Duration(node, "keep_firing_for", what) ?? TimeSpan.Zero,
            Severity = Severity(node, what, faults),
            Labels = AttributeReader.Labels(node, what, faults),
            Runbook = faults.Text(node, "runbook", what),
            Place = $"{node.File}:{node.Line}",
        };
        rule = node["absent_for"] is null
            ? ConditionReader.Threshold(rule, node, what, faults)
            : ConditionReader.Absence(rule, node, what, faults);
        return name.Length == 0 ? null : rule;
    }

    private static string Severity(ConfigNode node, string what, ConfigFaults faults)
    {
        var word = faults.Text(node, "severity", what)?.ToUpperInvariant() ?? "WARNING";
        if (!Severities.Contains(word))
        {
            faults.Add(
                node["severity"]!,
                $"'severity' of {what} must be one of {string.Join(", ", Severities)}, found "
                + $"{node["severity"]!.Describe()}{NearestName.Hint(word, Severities)}");
        }

        return word;
    }
}
