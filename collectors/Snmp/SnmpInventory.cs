using System.Collections.Concurrent;

namespace Ops.Collectors.Snmp;

/// <summary>What polling found of agents, so that traps name the same entities. Safe for concurrent use.</summary>
public sealed class SnmpInventory
{
    /// <summary>The most agents, and the most interfaces of all of them, that are remembered.</summary>
    public const int EntriesMax = 200_000;

    private readonly ConcurrentDictionary<string, string> _hostByAddress = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _hostByName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Host, string Index), string> _interfaces = new();

    /// <summary>The entity id of the agent at an address, or null.</summary>
    internal string? HostAt(string address) => _hostByAddress.GetValueOrDefault(address);

    /// <summary>The entity id of the agent that gives itself that name, or null.</summary>
    internal string? HostNamed(string sysName) => _hostByName.GetValueOrDefault(sysName);

    /// <summary>The entity id of an interface by its agent and ifIndex, or null.</summary>
    internal string? InterfaceOf(string host, string index) => _interfaces.GetValueOrDefault((host, index));

    /// <summary>Notes where an agent is and how it names itself.</summary>
    internal void NoteHost(string host, IEnumerable<string> addresses, string sysName)
    {
        foreach (var address in addresses.Where(_ => _hostByAddress.Count < EntriesMax))
        {
            _hostByAddress[address] = host;
        }

        if (sysName.Length > 0 && _hostByName.Count < EntriesMax)
        {
            _hostByName[sysName] = host;
        }
    }

    /// <summary>Notes an interface.</summary>
    internal void NoteInterface(string host, string index, string id)
    {
        if (_interfaces.Count < EntriesMax)
        {
            _interfaces[(host, index)] = id;
        }
    }
}
