using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Gives the windows without points their values.</summary>
internal static class Filling
{
    /// <summary>The most windows that one series' answer has.</summary>
    public const int BucketsMax = 100_000;

    /// <summary>A curve with a value, or null, for every window of a range.</summary>
    /// <param name="curve">One value a window at most, at the window's beginning; at least one.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="range">Without a beginning it is filled from the first value on.</param>
    /// <param name="fill">What empty windows get; not none.</param>
    /// <param name="isDescending">Whether the statement reads time backwards, so that previous means later.</param>
    /// <exception cref="InfluxQlException">There are more than <see cref="BucketsMax"/> windows.</exception>
    public static Curve Apply(Curve curve, Windows windows, TimeRange range, Fill fill, bool isDescending)
    {
        var filled = new Curve();
        var from = range.HasStart ? windows.Start(range.FromNs) : curve.TimesNs[0];
        var next = 0;
        Check(windows, range with { FromNs = from });
        for (var window = from; window <= range.ToNs; window = windows.Next(window))
        {
            var value = double.NaN;
            for (; next < curve.TimesNs.Count && curve.TimesNs[next] <= window; next++)
            {
                value = curve.TimesNs[next] == window ? curve.Values[next] : value;
            }

            filled.Add(window, value);
        }

        Fill(filled.Values, fill, isDescending);
        return filled;
    }

    /// <summary>Refuses a range that has too many windows.</summary>
    public static void Check(Windows windows, TimeRange range)
    {
        if (!windows.Any || !range.HasStart || !range.HasEnd)
        {
            return;
        }

        var count = ((double)range.ToNs - range.FromNs) / windows.WidthNs;
        if (count > BucketsMax)
        {
            throw new InfluxQlException($"max-select-buckets limit exceeded: ({Math.Ceiling(count):0}/{BucketsMax})");
        }
    }

    private static void Fill(List<double> values, Fill fill, bool isDescending)
    {
        switch (fill.Kind)
        {
            case FillKind.Number:
                for (var i = 0; i < values.Count; i++)
                {
                    values[i] = double.IsNaN(values[i]) ? fill.Value : values[i];
                }

                break;
            case FillKind.Previous:
                Carry(values, isDescending);
                break;
            case FillKind.Linear:
                Draw(values);
                break;
        }
    }

    private static void Carry(List<double> values, bool isDescending)
    {
        var carried = double.NaN;
        for (var step = 0; step < values.Count; step++)
        {
            var i = isDescending ? values.Count - 1 - step : step;
            carried = double.IsNaN(values[i]) ? carried : values[i];
            values[i] = carried;
        }
    }

    private static void Draw(List<double> values)
    {
        var before = -1;
        for (var i = 0; i < values.Count; i++)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            for (var gap = before + 1; before >= 0 && gap < i; gap++)
            {
                values[gap] = values[before] + ((values[i] - values[before]) * (gap - before) / (i - before));
            }

            before = i;
        }
    }
}
