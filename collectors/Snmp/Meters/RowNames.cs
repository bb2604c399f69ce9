using System.Globalization;
using Ops.Collectors.Snmp.Session;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>Names the rows of tables.</summary>
internal static class RowNames
{
    /// <summary>
    /// The name of each row, unique: one that is empty is the index, and one that rows share has the index appended.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(
        IReadOnlyCollection<string> indexes, Func<string, string> nameOf)
    {
        var named = indexes.ToDictionary(index => index, nameOf);
        var counts = named.Values.CountBy(name => name).ToDictionary();
        return named.ToDictionary(
            one => one.Key,
            one => one.Value.Length == 0 ? one.Key : counts[one.Value] == 1 ? one.Value : $"{one.Value}.{one.Key}");
    }

    /// <summary>The IPv4 address of each interface by ifIndex; of several the last, as Ceilometer takes it.</summary>
    public static Dictionary<string, string> Addresses(SnmpTable? table)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var address in table?.Indexes ?? [])
        {
            if (table!.Number(address, InterfaceTable.AddressInterface) is { } index)
            {
                addresses[index.ToString(CultureInfo.InvariantCulture)] = address;
            }
        }

        return addresses;
    }
}
