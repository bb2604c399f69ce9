using System.Globalization;
using Ops.Collectors.Snmp.Wire;

namespace Ops.Collectors.Snmp.Meters;

/// <summary>How an object becomes metadata.</summary>
internal enum SnmpForm
{
    /// <summary>As text.</summary>
    Text,

    /// <summary>As a number.</summary>
    Number,

    /// <summary>Octets as hex without anything between, as Ceilometer writes MAC addresses.</summary>
    Hex,
}

/// <summary>A column that tells something of a row.</summary>
/// <param name="Name">Its name in the metadata.</param>
/// <param name="Column">The column.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Scale">What a number is multiplied by.</param>
internal sealed record SnmpMetadata(string Name, Oid Column, SnmpForm Form = SnmpForm.Text, double Scale = 1)
{
    /// <summary>The value as metadata holds it: text, long or double; null where it is missing.</summary>
    public object? Render(SnmpValue? value) => Form switch
    {
        _ when value is null => null,
        SnmpForm.Hex => value.Value.ToHex(""),
        SnmpForm.Number => Whole(value.Value.ToNumber() * Scale),
        _ => value.Value.ToText(),
    };

    /// <summary>The value as part of a resource id.</summary>
    public string Word(SnmpValue? value) => Convert.ToString(Render(value), CultureInfo.InvariantCulture) ?? "";

    private static object? Whole(double? number) =>
        number is { } some && Math.Abs(some) < 1e15 && some == Math.Floor(some) ? (object)(long)some : number;
}
