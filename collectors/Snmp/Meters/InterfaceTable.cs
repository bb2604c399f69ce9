using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>The columns of interfaces. Source: IF-MIB (RFC 2863), IP-MIB's address table (RFC 1213).</summary>
internal static class InterfaceTable
{
    public static readonly Oid Entry = Oid.Of("1.3.6.1.2.1.2.2.1");
    public static readonly Oid Description = Entry.With(2);
    public static readonly Oid Kind = Entry.With(3);
    public static readonly Oid Mtu = Entry.With(4);
    public static readonly Oid Speed = Entry.With(5);
    public static readonly Oid Mac = Entry.With(6);
    public static readonly Oid AdminStatus = Entry.With(7);
    public static readonly Oid OperStatus = Entry.With(8);
    public static readonly Oid InOctets = Entry.With(10);
    public static readonly Oid OutOctets = Entry.With(16);
    public static readonly Oid OutErrors = Entry.With(20);

    public static readonly Oid Extended = Oid.Of("1.3.6.1.2.1.31.1.1.1");
    public static readonly Oid HcInOctets = Extended.With(6);
    public static readonly Oid HcOutOctets = Extended.With(10);
    public static readonly Oid HighSpeed = Extended.With(15);
    public static readonly Oid Alias = Extended.With(18);

    /// <summary>The interface of each IPv4 address: the index is the address, the value an ifIndex.</summary>
    public static readonly Oid AddressInterface = Oid.Of("1.3.6.1.2.1.4.20.1.2");

    /// <summary>What samples of interfaces tell: Ceilometer's name, speed in bytes per second, MAC address.</summary>
    public static readonly SnmpMetadata[] Metadata =
    [
        new("name", Description), new("speed", Speed, SnmpForm.Number, 1.0 / 8), new("mac", Mac, SnmpForm.Hex),
    ];

    /// <summary>The state of an interface as the graph says it.</summary>
    public static string State(double? operStatus) => operStatus switch
    {
        1 => "UP", 2 => "DOWN", 3 => "TESTING", 5 => "DORMANT", 6 => "NOT_PRESENT", 7 => "LOWER_LAYER_DOWN",
        _ => "UNKNOWN",
    };
}
