using Ops.Collectors.Snmp.Security;
using Ops.Model;

namespace Ops.Collectors.Snmp;

/// <summary>Reads the section <c>snmp</c> of the configuration.</summary>
public static class SnmpOptionsReader
{
    private const string What = "snmp";

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>snmp</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static SnmpOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new SnmpOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "timeout", "retries", "backoff_max", "max_repetitions", "rows_max", "credentials", "targets"))
        {
            return defaults;
        }

        var options = defaults with
        {
            Timeout = Within(node, "timeout", TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30), faults)
                ?? defaults.Timeout,
            Retries = faults.Integer(node, "retries", What, 0, 10) ?? defaults.Retries,
            BackoffMax = Within(node, "backoff_max", TimeSpan.Zero, TimeSpan.FromHours(1), faults)
                ?? defaults.BackoffMax,
            MaxRepetitions = faults.Integer(node, "max_repetitions", What, 1, 100) ?? defaults.MaxRepetitions,
            RowsMax = faults.Integer(node, "rows_max", What, 1, 1_000_000) ?? defaults.RowsMax,
            Credentials = Credentials(node["credentials"], faults),
        };
        return options with { Targets = Targets(node, options, faults) };
    }

    /// <summary>Reads one credential; shared with the traps, whose users read alike.</summary>
    internal static SnmpCredential Credential(ConfigNode node, string what, ConfigFaults faults)
    {
        if (!faults.Keys(
            node, what, "community", "user", "auth", "auth_password", "priv", "priv_password", "context"))
        {
            return new SnmpCredential();
        }

        if (node["user"] is null)
        {
            return new SnmpCredential { Community = faults.RequiredText(node, "community", what) };
        }

        var credential = new SnmpCredential
        {
            Community = null,
            User = faults.RequiredText(node, "user", what),
            Auth = Word(node, "auth", what, SnmpWords.Auth, faults),
            AuthPassword = faults.Text(node, "auth_password", what) ?? "",
            Priv = Word(node, "priv", what, SnmpWords.Priv, faults),
            PrivPassword = faults.Text(node, "priv_password", what) ?? "",
            Context = faults.Text(node, "context", what) ?? "",
        };
        foreach (var fault in SnmpWords.Faults(credential))
        {
            faults.Add(node, $"{what}: {fault}");
        }

        return credential;
    }

    private static T Word<T>(
        ConfigNode node, string key, string what, IReadOnlyDictionary<string, T> words, ConfigFaults faults)
        where T : struct
    {
        if (faults.Text(node, key, what) is not { } text)
        {
            return default;
        }

        if (!words.TryGetValue(text.ToLowerInvariant(), out var value))
        {
            faults.NotOneOf(node[key]!, $"'{key}' of {what}", [.. words.Keys]);
        }

        return value;
    }

    private static Dictionary<string, SnmpCredential> Credentials(ConfigNode? node, ConfigFaults faults)
    {
        var credentials = new Dictionary<string, SnmpCredential>(StringComparer.Ordinal);
        if (node is null || node.IsNull)
        {
            return credentials;
        }

        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"snmp.credentials must be a mapping, found {node.Describe()}");
            return credentials;
        }

        foreach (var member in node.Members)
        {
            credentials[member.Key] = Credential(member.Value, $"snmp.credentials.{member.Key}", faults);
        }

        return credentials;
    }

    private static List<SnmpTarget> Targets(ConfigNode node, SnmpOptions options, ConfigFaults faults)
    {
        var targets = new List<SnmpTarget>();
        foreach (var item in faults.List(node, "targets", What).Take(SnmpOptions.TargetsMax))
        {
            if (item.Kind != ConfigNodeKind.Scalar || item.Text is null)
            {
                faults.Add(item, $"a target of snmp must be an address, found {item.Describe()}");
            }
            else if (SnmpAddress.TryParse(item.Text, options, out var target, out var fault))
            {
                targets.Add(target);
            }
            else
            {
                faults.Add(item, fault);
            }
        }

        return targets;
    }

    private static TimeSpan? Within(
        ConfigNode mapping, string key, TimeSpan min, TimeSpan max, ConfigFaults faults)
    {
        var duration = faults.Duration(mapping, key, What);
        if (duration is null || (duration >= min && duration <= max))
        {
            return duration;
        }

        faults.Add(mapping[key]!, $"'{key}' of {What} must be from {min} to {max}, found {mapping[key]!.Describe()}");
        return null;
    }
}
