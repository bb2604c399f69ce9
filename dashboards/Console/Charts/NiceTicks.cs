namespace Ops.Console.Charts;

/// <summary>Chooses round values for an axis: 1, 2 or 5 times a power of ten.</summary>
public static class NiceTicks
{
    private const int TicksMax = 50;

    /// <summary>Round values that span the range, its ends included, in about <paramref name="count"/> steps.</summary>
    /// <returns>At least two ascending values, the first at most <paramref name="min"/>, the last at least
    /// <paramref name="max"/>.</returns>
    public static IReadOnlyList<double> Over(double min, double max, int count)
    {
        if (!double.IsFinite(min) || !double.IsFinite(max) || max < min)
        {
            (min, max) = (0, 1);
        }

        if (max - min < Math.Abs(max) * 1e-9 || max == min)
        {
            var margin = max == 0 ? 1 : Math.Abs(max) * 0.1;
            (min, max) = (min >= 0 ? Math.Max(0, min - margin) : min - margin, max + margin);
        }

        var step = Step((max - min) / Math.Max(1, count));
        var first = Math.Floor((min / step) + 1e-9);
        var last = Math.Ceiling((max / step) - 1e-9);
        var ticks = new List<double>();
        for (var at = first; at <= last && ticks.Count < TicksMax; at++)
        {
            ticks.Add(at * step);
        }

        return ticks;
    }

    /// <summary>The least of 1, 2 or 5 times a power of ten that is not below the width.</summary>
    public static double Step(double width)
    {
        if (!(width > 0) || !double.IsFinite(width))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (width <= factor * power * (1 + 1e-9))
            {
                return factor * power;
            }
        }

        return 10 * power;
    }
}
