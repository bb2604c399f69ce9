using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>Which objects are read together: plain ones in one request, columns by their table.</summary>
internal sealed class SnmpReadPlan
{
    private readonly Dictionary<Oid, IReadOnlyList<Oid>> _columns;

    /// <summary>A plan for some meters and for the entities.</summary>
    public SnmpReadPlan(IEnumerable<SnmpMeter> meters, IEnumerable<Oid> moreColumns)
    {
        var all = meters.ToList();
        Scalars = [.. all.Where(meter => !meter.IsTable).SelectMany(meter => meter.Objects).Distinct().Order()];
        _columns = all.Where(meter => meter.IsTable).SelectMany(meter => meter.Objects).Concat(moreColumns).Distinct()
            .GroupBy(column => column.Parent)
            .ToDictionary(table => table.Key, IReadOnlyList<Oid> (table) => [.. table.Order()]);
    }

    /// <summary>All objects that are no table's.</summary>
    public IReadOnlyList<Oid> Scalars { get; }

    /// <summary>The columns that are read of a table.</summary>
    public IReadOnlyList<Oid> Columns(Oid entry) => _columns[entry];
}
