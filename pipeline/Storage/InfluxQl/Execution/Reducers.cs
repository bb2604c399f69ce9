namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Reduces the points of a group, in order of time, to one number or one of the points.</summary>
internal static class Reducers
{
    /// <summary>The number that a reducer gives; NaN where it has none. There is at least one value.</summary>
    public static double Reduce(string name, ReadOnlySpan<double> values) => name switch
    {
        "count" => values.Length,
        "sum" => Sum(values),
        "mean" => Sum(values) / values.Length,
        "median" => Median(values),
        "mode" => Mode(values),
        "spread" => Max(values) - Min(values),
        "stddev" => Deviation(values),
        _ => throw new InfluxQlException($"undefined function {name}()"),
    };

    /// <summary>The index of the point that a selector picks; -1 where it picks none. There is at least one.</summary>
    public static int Select(string name, double parameter, ReadOnlySpan<long> timesNs, ReadOnlySpan<double> values)
    {
        if (name == "percentile")
        {
            return Percentile(values, parameter);
        }

        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var better = name switch
            {
                "min" => values[i] < values[best],
                "max" => values[i] > values[best],
                "first" => timesNs[i] == timesNs[best] && values[i] > values[best],
                _ => timesNs[i] > timesNs[best] || values[i] > values[best],
            };
            best = better ? i : best;
        }

        return best;
    }

    /// <summary>The indexes of the points that distinct, top or bottom pick, in order of time.</summary>
    public static List<int> Several(string name, double parameter, ReadOnlySpan<double> values)
    {
        var picked = new List<int>();
        if (name == "distinct")
        {
            var seen = new HashSet<double>();
            for (var i = 0; i < values.Length; i++)
            {
                if (seen.Add(values[i]))
                {
                    picked.Add(i);
                }
            }

            return picked;
        }

        var copy = values.ToArray();
        var order = Enumerable.Range(0, copy.Length);
        order = name == "top" ? order.OrderByDescending(i => copy[i]) : order.OrderBy(i => copy[i]);
        picked.AddRange(order.Take((int)parameter).Order());
        return picked;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }

    private static double Min(ReadOnlySpan<double> values)
    {
        var min = values[0];
        foreach (var value in values)
        {
            min = Math.Min(min, value);
        }

        return min;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        var max = values[0];
        foreach (var value in values)
        {
            max = Math.Max(max, value);
        }

        return max;
    }

    private static double Median(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1
            ? sorted[middle]
            : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2);
    }

    // The most frequent value; of equally frequent ones the smallest.
    private static double Mode(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var (mode, most) = (sorted[0], 0);
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
            {
            }

            if (to - from > most)
            {
                (mode, most) = (sorted[from], to - from);
            }
        }

        return mode;
    }

    // Of the sample (n - 1); null for one value.
    private static double Deviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
        {
            return double.NaN;
        }

        var mean = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            mean += (values[i] - mean) / (i + 1);
        }

        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1));
    }

    // Nearest rank: the point at floor(n * percent / 100 + 0.5) from 1.
    private static int Percentile(ReadOnlySpan<double> values, double percent)
    {
        var copy = values.ToArray();
        var order = new int[copy.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) => copy[a] != copy[b] ? copy[a].CompareTo(copy[b]) : a.CompareTo(b));
        var rank = (int)Math.Floor((copy.Length * percent / 100.0) + 0.5) - 1;
        return rank < 0 || rank >= order.Length ? -1 : order[rank];
    }
}
