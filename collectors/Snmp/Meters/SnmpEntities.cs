namespace Ops.Collectors.Snmp.Meters;

/// <summary>The entity types of what agents tell.</summary>
internal static class SnmpEntities
{
    public const string Host = "snmp.host";
    public const string Interface = "snmp.interface";
}
