using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>Names of traps and objects. Source: SNMPv2-MIB, IF-MIB, NET-SNMP-AGENT-MIB.</summary>
internal sealed class TrapNames
{
    private static readonly (string Oid, string Name)[] Known =
    [
        ("1.3.6.1.6.3.1.1.5.1", "coldStart"), ("1.3.6.1.6.3.1.1.5.2", "warmStart"),
        ("1.3.6.1.6.3.1.1.5.3", "linkDown"), ("1.3.6.1.6.3.1.1.5.4", "linkUp"),
        ("1.3.6.1.6.3.1.1.5.5", "authenticationFailure"), ("1.3.6.1.6.3.1.1.5.6", "egpNeighborLoss"),
        ("1.3.6.1.4.1.8072.4.0.2", "nsNotifyShutdown"), ("1.3.6.1.4.1.8072.4.0.3", "nsNotifyRestart"),
        ("1.3.6.1.2.1.2.2.1.1", "ifIndex"), ("1.3.6.1.2.1.2.2.1.2", "ifDescr"), ("1.3.6.1.2.1.2.2.1.3", "ifType"),
        ("1.3.6.1.2.1.2.2.1.7", "ifAdminStatus"), ("1.3.6.1.2.1.2.2.1.8", "ifOperStatus"),
        ("1.3.6.1.2.1.31.1.1.1.1", "ifName"), ("1.3.6.1.2.1.31.1.1.1.18", "ifAlias"),
        ("1.3.6.1.2.1.1.1", "sysDescr"), ("1.3.6.1.2.1.1.5", "sysName"), ("1.3.6.1.2.1.1.6", "sysLocation"),
        ("1.3.6.1.6.3.1.1.4.3", "snmpTrapEnterprise"),
    ];

    private readonly Dictionary<Oid, string> _names = [];

    public TrapNames(IReadOnlyDictionary<string, string> more)
    {
        foreach (var (oid, name) in Known)
        {
            _names[Oid.Of(oid)] = name;
        }

        foreach (var (oid, name) in more)
        {
            _names[Oid.Of(oid)] = name;
        }
    }

    /// <summary>The name of a trap, or its OID.</summary>
    public string OfTrap(Oid trap) => _names.GetValueOrDefault(trap) ?? trap.ToString();

    /// <summary>The name of an object's column, or the whole OID; and its index.</summary>
    public (string Name, string Index) OfObject(Oid name)
    {
        for (var root = name; root.Parts.Length > 2; root = root.Parent)
        {
            if (_names.TryGetValue(root, out var known))
            {
                return (known, name.After(root));
            }
        }

        return (name.ToString(), "");
    }
}
