using System.Net;
using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp;

/// <summary>Reads the section <c>snmp_traps</c> of the configuration.</summary>
public static class SnmpTrapOptionsReader
{
    private const string What = "snmp_traps";
    private const string RuleWhat = "a rule of snmp_traps";

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>snmp_traps</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and wrong values.</param>
    public static SnmpTrapOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new SnmpTrapOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "listen", "communities", "users", "allow", "rate_max", "engine_id", "names", "rules"))
        {
            return defaults;
        }

        return defaults with
        {
            Listen = Listen(node, faults) ?? defaults.Listen,
            Communities = [.. faults.List(node, "communities", What).Select(item => item.Text ?? "")
                .Where(text => text.Length > 0)],
            Users = [.. faults.List(node, "users", What).Select(item => User(item, faults))],
            Allow = [.. Networks(node, faults)],
            RateMax = faults.Integer(node, "rate_max", What, 1, 100_000) ?? defaults.RateMax,
            EngineId = EngineId(node, faults) ?? defaults.EngineId,
            Names = Texts(node, "names", What, faults, isOid: true),
            Rules = [.. faults.List(node, "rules", What).Select(item => Rule(item, faults)).OfType<SnmpTrapRule>()],
        };
    }

    private static IPEndPoint? Listen(ConfigNode node, ConfigFaults faults)
    {
        var text = faults.Text(node, "listen", What);
        if (text is null || (IPEndPoint.TryParse(text, out var end) && end.Port > 0))
        {
            return text is null ? null : IPEndPoint.Parse(text);
        }

        faults.Add(node["listen"]!, $"'listen' of {What} must be an address with a port such as 0.0.0.0:162, "
            + $"found '{text}'");
        return null;
    }

    private static SnmpCredential User(ConfigNode node, ConfigFaults faults)
    {
        const string what = "a user of snmp_traps";
        if (node.Kind == ConfigNodeKind.Mapping && node["user"] is null)
        {
            faults.Add(node, $"{what} needs 'user'");
        }

        return SnmpOptionsReader.Credential(node, what, faults);
    }

    private static IEnumerable<IPNetwork> Networks(ConfigNode node, ConfigFaults faults)
    {
        foreach (var item in faults.List(node, "allow", What))
        {
            if (IPAddress.TryParse(item.Text, out var address))
            {
                yield return new IPNetwork(address, address.GetAddressBytes().Length * 8);
            }
            else if (IPNetwork.TryParse(item.Text, out var network))
            {
                yield return network;
            }
            else
            {
                faults.Add(item, $"'allow' of {What} must hold networks such as 10.0.0.0/8, found {item.Describe()}");
            }
        }
    }

    private static byte[]? EngineId(ConfigNode node, ConfigFaults faults)
    {
        const int bytesMin = 5;
        const int bytesMax = 32;
        if (faults.Text(node, "engine_id", What) is not { } text)
        {
            return null;
        }

        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (hex.Length % 2 == 0 && hex.Length is >= 2 * bytesMin and <= 2 * bytesMax && hex.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(hex);
        }

        faults.Add(node["engine_id"]!, $"'engine_id' of {What} must be {bytesMin} to {bytesMax} octets in hex, "
            + $"found '{text}'");
        return null;
    }

    private static Dictionary<string, string> Texts(
        ConfigNode parent, string key, string what, ConfigFaults faults, bool isOid)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (parent[key] is not { IsNull: false } node)
        {
            return texts;
        }

        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"'{key}' of {what} must be a mapping, found {node.Describe()}");
            return texts;
        }

        foreach (var member in node.Members)
        {
            if (isOid && Oid.TryParse(member.Key) is null)
            {
                faults.Add(member.Value, $"'{key}' of {what} must have keys such as 1.3.6.1.4.1.9, found "
                    + $"'{member.Key}'");
            }
            else if (member.Value.Text is { Length: > 0 } text)
            {
                texts[isOid ? Oid.Of(member.Key).ToString() : member.Key] = text;
            }
            else
            {
                faults.Add(member.Value, $"'{key}.{member.Key}' of {what} must be text, found "
                    + member.Value.Describe());
            }
        }

        return texts;
    }

    private static SnmpTrapRule? Rule(ConfigNode node, ConfigFaults faults)
    {
        if (!faults.Keys(node, RuleWhat, "trap", "when", "entity", "state", "alarm", "severity", "clear"))
        {
            return null;
        }

        var entity = faults.Text(node, "entity", RuleWhat) ?? "host";
        if (entity is not ("host" or "interface"))
        {
            faults.NotOneOf(node["entity"]!, $"'entity' of {RuleWhat}", ["host", "interface"]);
        }

        var rule = new SnmpTrapRule
        {
            Trap = faults.RequiredText(node, "trap", RuleWhat),
            When = Texts(node, "when", RuleWhat, faults, isOid: false),
            OfInterface = entity == "interface",
            State = faults.Text(node, "state", RuleWhat),
            Alarm = faults.Text(node, "alarm", RuleWhat),
            Severity = faults.Text(node, "severity", RuleWhat) ?? "WARNING",
            Clears = faults.Bool(node, "clear", RuleWhat) ?? false,
        };
        if (rule.State is null && rule.Alarm is null)
        {
            faults.Add(node, $"{RuleWhat} needs 'state' or 'alarm'");
        }

        return rule;
    }
}
