using Ops.Collectors.Snmp.Wire;
using Ops.Model;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>A meter that agents give: what it is called and which objects it comes of.</summary>
public sealed record SnmpMeter
{
    /// <summary>The meter's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gauge, delta or cumulative.</summary>
    public MeterKind Kind { get; init; }

    /// <summary>The unit.</summary>
    public string Unit { get; init; } = "";

    /// <summary>How its value comes of objects.</summary>
    internal SnmpExpression Expression { get; init; } = new SnmpObject([]);

    /// <summary>Whether the objects are columns, so that each row gives a sample.</summary>
    internal bool IsTable { get; init; }

    /// <summary>Columns that tell something of a row.</summary>
    internal IReadOnlyList<SnmpMetadata> Metadata { get; init; } = [];

    /// <summary>Which metadata names the row in the resource id; null for the row's index.</summary>
    internal string? RowName { get; init; }

    /// <summary>The entity type of the resources, or null.</summary>
    internal string? ResourceType { get; init; }

    /// <summary>Whether rows are interfaces by ifIndex, whose metadata tells their IP address.</summary>
    internal bool HasAddress { get; init; }

    /// <summary>All objects that are read, metadata too.</summary>
    internal IEnumerable<Oid> Objects =>
        Expression.Objects.Concat(Metadata.Select(one => one.Column));
}
