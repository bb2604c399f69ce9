using System.Net;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Traps;

/// <summary>A notification of an agent, opened.</summary>
/// <param name="Source">Who sent it.</param>
/// <param name="Agent">Whom it is about: the agent that it names, else who sent it.</param>
/// <param name="Version">1, 2c or 3.</param>
/// <param name="TrapOid">Which it is.</param>
/// <param name="UptimeTicks">For how long the agent ran, in hundredths of a second; null where it is not said.</param>
/// <param name="Bindings">Its objects, without time and kind.</param>
/// <param name="Pdu">All of it.</param>
/// <param name="Reply">The answer that its sender waits for, of an inform; else null.</param>
internal sealed record SnmpTrap(
    IPAddress Source, IPAddress Agent, string Version, Oid TrapOid, long? UptimeTicks,
    IReadOnlyList<SnmpBinding> Bindings, SnmpPdu Pdu, byte[]? Reply = null)
{
    private static readonly Oid[] Headers = [SnmpPdu.SysUpTime, SnmpPdu.SnmpTrapOid, SnmpPdu.SnmpTrapAddress];

    /// <summary>The notification of a PDU; null where it is none.</summary>
    public static SnmpTrap? From(IPAddress source, string version, SnmpPdu pdu, byte[]? reply = null)
    {
        if (pdu.Type is not (SnmpTag.TrapV1 or SnmpTag.TrapV2 or SnmpTag.Inform)
            || Find(pdu, SnmpPdu.SnmpTrapOid) is not { ObjectId: { } trap })
        {
            return null;
        }

        var named = Find(pdu, SnmpPdu.SnmpTrapAddress) is { Tag: SnmpTag.IpAddress, Bytes: { Length: 4 } bytes }
            ? new IPAddress(bytes)
            : IPAddress.Any;
        return new SnmpTrap(
            source, named.Equals(IPAddress.Any) ? source : named, version, trap,
            (long?)Find(pdu, SnmpPdu.SysUpTime)?.ToNumber(),
            [.. pdu.Bindings.Where(binding => !Headers.Contains(binding.Name))], pdu, reply);
    }

    private static SnmpValue? Find(SnmpPdu pdu, Oid name)
    {
        foreach (var binding in pdu.Bindings)
        {
            if (binding.Name.Equals(name))
            {
                return binding.Value;
            }
        }

        return null;
    }
}
