using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>How a meter's value comes of objects.</summary>
internal abstract record SnmpExpression
{
    /// <summary>The value; null where an object is missing, is no number, or the result is not finite.</summary>
    public abstract double? Value(Func<Oid, double?> read);

    /// <summary>The objects that are read.</summary>
    public abstract IEnumerable<Oid> Objects { get; }
}

/// <summary>A fixed number.</summary>
internal sealed record SnmpConstant(double Number) : SnmpExpression
{
    /// <inheritdoc/>
    public override IEnumerable<Oid> Objects => [];

    /// <inheritdoc/>
    public override double? Value(Func<Oid, double?> read) => Number;
}

/// <summary>An object: the first of several that the agent has.</summary>
internal sealed record SnmpObject(IReadOnlyList<Oid> Sources) : SnmpExpression
{
    /// <inheritdoc/>
    public override IEnumerable<Oid> Objects => Sources;

    /// <inheritdoc/>
    public override double? Value(Func<Oid, double?> read)
    {
        foreach (var source in Sources)
        {
            if (read(source) is { } value)
            {
                return value;
            }
        }

        return null;
    }
}

/// <summary>One of <c>+ - * /</c> between two values.</summary>
internal sealed record SnmpOperation(char Sign, SnmpExpression Left, SnmpExpression Right) : SnmpExpression
{
    /// <inheritdoc/>
    public override IEnumerable<Oid> Objects => Left.Objects.Concat(Right.Objects);

    /// <inheritdoc/>
    public override double? Value(Func<Oid, double?> read)
    {
        if (Left.Value(read) is not { } left || Right.Value(read) is not { } right)
        {
            return null;
        }

        var value = Sign switch { '+' => left + right, '-' => left - right, '*' => left * right, _ => left / right };
        return double.IsFinite(value) ? value : null;
    }
}
