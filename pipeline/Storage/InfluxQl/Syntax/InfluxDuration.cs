using System.Globalization;

namespace Ops.Storage.InfluxQl.Syntax;

/// <summary>Durations of InfluxQL in nanoseconds.</summary>
internal static class InfluxDuration
{
    /// <summary>Reads digits with units: ns, u, µ, ms, s, m, h, d, w; several may follow each other.</summary>
    /// <exception cref="InfluxQlException">A unit is unknown, or it is longer than 292 years.</exception>
    public static long Parse(string text)
    {
        try
        {
            var total = 0L;
            for (var at = 0; at < text.Length;)
            {
                var unitAt = at;
                while (unitAt < text.Length && char.IsAsciiDigit(text[unitAt]))
                {
                    unitAt++;
                }

                var end = unitAt;
                while (end < text.Length && !char.IsAsciiDigit(text[end]))
                {
                    end++;
                }

                var count = long.Parse(text.AsSpan(at, unitAt - at), NumberStyles.None, CultureInfo.InvariantCulture);
                total = checked(total + (count * UnitNs(text[unitAt..end])));
                at = end;
            }

            return total;
        }
        catch (Exception e) when (e is OverflowException or FormatException)
        {
            throw TokenStream.Fault("invalid duration");
        }
    }

    /// <summary>Writes it in its largest whole unit, as <c>10s</c>.</summary>
    public static string Format(long ns)
    {
        foreach (var unit in new[] { "w", "d", "h", "m", "s", "ms", "u" })
        {
            if (ns != 0 && ns % UnitNs(unit) == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{ns / UnitNs(unit)}{unit}");
            }
        }

        return ns == 0 ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{ns}ns");
    }

    private static long UnitNs(string unit) => unit switch
    {
        "ns" => 1,
        "u" or "µ" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        "d" => 86_400_000_000_000,
        "w" => 604_800_000_000_000,
        _ => throw TokenStream.Fault("invalid duration"),
    };
}
