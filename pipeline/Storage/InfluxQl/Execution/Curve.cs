namespace Ops.Storage.InfluxQl.Execution;

/// <summary>The values of one column over time, oldest first; NaN is null. A constant has no times.</summary>
internal sealed class Curve
{
    /// <summary>Nanoseconds since the epoch, not falling.</summary>
    public List<long> TimesNs { get; } = [];

    /// <summary>Values.</summary>
    public List<double> Values { get; } = [];

    /// <summary>The number, where it is one and the same at all times; else null.</summary>
    public double? Constant { get; init; }

    /// <summary>Appends a value.</summary>
    public void Add(long timeNs, double value)
    {
        TimesNs.Add(timeNs);
        Values.Add(value);
    }

    /// <summary>Combines two curves time by time.</summary>
    /// <param name="sign">The operator.</param>
    /// <param name="left">Left side.</param>
    /// <param name="right">Right side.</param>
    /// <param name="dropsGaps">Whether times at which either is null are left out.</param>
    public static Curve Combine(string sign, Curve left, Curve right, bool dropsGaps)
    {
        if (left.Constant is { } a && right.Constant is { } b)
        {
            return new Curve { Constant = Arithmetic.Combine(sign, a, b) };
        }

        var combined = new Curve();
        int i = 0, j = 0;
        while (i < left.TimesNs.Count || j < right.TimesNs.Count)
        {
            var time = Math.Min(TimeAt(left, i), TimeAt(right, j));
            var x = left.Constant ?? (TimeAt(left, i) == time ? left.Values[i] : double.NaN);
            var y = right.Constant ?? (TimeAt(right, j) == time ? right.Values[j] : double.NaN);
            i += i < left.TimesNs.Count && left.TimesNs[i] == time ? 1 : 0;
            j += j < right.TimesNs.Count && right.TimesNs[j] == time ? 1 : 0;
            var value = Arithmetic.Combine(sign, x, y);
            if (!dropsGaps || !double.IsNaN(value))
            {
                combined.Add(time, value);
            }
        }

        return combined;
    }

    private static long TimeAt(Curve curve, int index) =>
        index < curve.TimesNs.Count ? curve.TimesNs[index] : long.MaxValue;
}
