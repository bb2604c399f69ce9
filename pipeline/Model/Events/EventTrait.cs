using System.Globalization;

namespace Ops.Model;

/// <summary>The type of a trait, numbered as Ceilometer numbers it.</summary>
public enum TraitType
{
    /// <summary>Text, at most 255 characters.</summary>
    Text = 1,

    /// <summary>A whole number of 64 bits.</summary>
    Integer = 2,

    /// <summary>A double.</summary>
    Float = 3,

    /// <summary>A time; its text is ISO 8601, UTC.</summary>
    DateTime = 4,
}

/// <summary>A typed fact of an event.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How <paramref name="Value"/> reads.</param>
/// <param name="Value">Its value as invariant text.</param>
public readonly record struct EventTrait(string Name, TraitType Type, string Value)
{
    /// <summary>The value as long, double or time; as text where it does not read as its type.</summary>
    public object Typed() => Type switch
    {
        TraitType.Integer when long.TryParse(
            Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) =>
            whole,
        TraitType.Float when double.TryParse(
            Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number,
        TraitType.DateTime when Timestamps.TryParseIso(Value, out var time) => time,
        _ => Value,
    };
}
