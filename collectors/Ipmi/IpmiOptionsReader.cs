using Ops.Model;

namespace Ops.Collectors.Ipmi;

/// <summary>Reads the section <c>ipmi</c> of the configuration.</summary>
public static class IpmiOptionsReader
{
    private const string What = "ipmi";
    private const string TargetWhat = "a target of ipmi";
    private const int PasswordMax = 20;

    private static readonly string[] Privileges = ["CALLBACK", "USER", "OPERATOR", "ADMINISTRATOR"];

    /// <summary>The options; what is absent or wrong has its default.</summary>
    /// <param name="node">The mapping under <c>ipmi</c>, or null when there is none.</param>
    /// <param name="faults">Takes unknown keys and values out of range.</param>
    public static IpmiOptions Read(ConfigNode? node, ConfigFaults faults)
    {
        var defaults = new IpmiOptions();
        if (node is null || node.IsNull || !faults.Keys(
            node, What, "program", "timeout", "node_manager_channel", "node_manager_slave", "targets"))
        {
            return defaults;
        }

        var timeout = faults.Duration(node, "timeout", What) ?? defaults.Timeout;
        if (timeout < TimeSpan.FromSeconds(1) || timeout > TimeSpan.FromMinutes(5))
        {
            faults.Add(
                node["timeout"]!, $"'timeout' of ipmi must be from 1s to 5m, found {node["timeout"]!.Describe()}");
            timeout = defaults.Timeout;
        }

        var targets = faults.List(node, "targets", What).Select(item => Target(item, faults)).OfType<IpmiTarget>()
            .ToList();
        foreach (var twice in targets.GroupBy(target => target.Name).Where(group => group.Count() > 1))
        {
            faults.Add(node["targets"]!, $"two targets of ipmi are named '{twice.Key}'");
        }

        return defaults with
        {
            Program = faults.Text(node, "program", What) ?? defaults.Program,
            Timeout = timeout,
            NodeManagerChannel = faults.Integer(node, "node_manager_channel", What, 0, 15)
                ?? defaults.NodeManagerChannel,
            NodeManagerSlave = faults.Integer(node, "node_manager_slave", What, 0, 255) ?? defaults.NodeManagerSlave,
            Targets = targets,
        };
    }

    private static IpmiTarget? Target(ConfigNode node, ConfigFaults faults)
    {
        if (node.Kind == ConfigNodeKind.Scalar && node.Text == "local")
        {
            return new IpmiTarget { Name = IpmiTargets.ThisMachine };
        }

        if (node.Kind != ConfigNodeKind.Mapping)
        {
            faults.Add(node, $"{TargetWhat} must be local or a mapping with 'host', found {node.Describe()}");
            return null;
        }

        faults.Keys(
            node, TargetWhat, "name", "host", "port", "user", "password", "cipher_suite", "privilege");
        var host = faults.RequiredText(node, "host", TargetWhat);
        var password = faults.Text(node, "password", TargetWhat) ?? "";
        if (password.Length > PasswordMax)
        {
            faults.Add(node["password"]!, $"'password' of {TargetWhat} must have at most {PasswordMax} characters");
        }

        if (host.StartsWith('-'))
        {
            faults.Add(node["host"]!, $"'host' of {TargetWhat} must be a name or an address, found '{host}'");
        }

        var privilege = faults.Text(node, "privilege", TargetWhat)?.ToUpperInvariant();
        if (privilege is not null && !Privileges.Contains(privilege))
        {
            faults.NotOneOf(node["privilege"]!, $"'privilege' of {TargetWhat}", Privileges);
            privilege = null;
        }

        return host.Length == 0 ? null : new IpmiTarget
        {
            Name = faults.Text(node, "name", TargetWhat) ?? host, Host = host, Password = password,
            Port = faults.Integer(node, "port", TargetWhat, 1, 65_535) ?? IpmiTarget.DefaultPort,
            User = faults.Text(node, "user", TargetWhat) ?? "", Privilege = privilege,
            CipherSuite = faults.Integer(node, "cipher_suite", TargetWhat, 0, 17),
        };
    }
}
