using System.Globalization;

namespace Ops.Alarms.Rules;

/// <summary>What a value must be for an alarm: a comparison with a limit, such as <c>&gt; 90</c>.</summary>
/// <param name="Comparison">How the value is compared.</param>
/// <param name="Limit">The limit, in the meter's unit; finite.</param>
public readonly record struct Threshold(Comparison Comparison, double Limit)
{
    /// <summary>The signs in the order in which they are tried: longer ones first.</summary>
    private static readonly (string Sign, Comparison Comparison)[] Signs =
    [
        (">=", Comparison.AtLeast), ("<=", Comparison.AtMost), ("==", Comparison.Equal), ("!=", Comparison.NotEqual),
        (">", Comparison.Above), ("<", Comparison.Below),
    ];

    /// <summary>The comparison as rules write it.</summary>
    public string Sign
    {
        get
        {
            foreach (var (sign, comparison) in Signs)
            {
                if (comparison == Comparison)
                {
                    return sign;
                }
            }

            return "";
        }
    }

    /// <summary>Reads <c>&gt; 90</c>; the space may be left out.</summary>
    public static bool TryParse(string? text, out Threshold threshold)
    {
        threshold = default;
        var rest = text.AsSpan().Trim();
        foreach (var (sign, comparison) in Signs)
        {
            if (!rest.StartsWith(sign, StringComparison.Ordinal))
            {
                continue;
            }

            var number = rest[sign.Length..].Trim();
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
                || !double.IsFinite(limit))
            {
                return false;
            }

            threshold = new Threshold(comparison, limit);
            return true;
        }

        return false;
    }

    /// <summary>Whether the value lies outside, so that it speaks for an alarm.</summary>
    public bool IsBreachedBy(double value) => Comparison switch
    {
        Comparison.Above => value > Limit,
        Comparison.AtLeast => value >= Limit,
        Comparison.Below => value < Limit,
        Comparison.AtMost => value <= Limit,
        Comparison.Equal => value.Equals(Limit),
        _ => !value.Equals(Limit),
    };

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sign} {Limit}");
}
