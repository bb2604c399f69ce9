using Ops.Storage.InfluxQl.Syntax;

namespace Ops.Storage.InfluxQl.Execution;

/// <summary>Functions that go along a curve: derivative, difference, moving average, running sum, elapsed
/// time.</summary>
/// <remarks>Nulls are passed over, and of several values at one time the first counts.</remarks>
internal static class Transforms
{
    private const double SecondNs = 1e9;

    /// <summary>The curve that a call makes of another.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">What it goes along.</param>
    /// <param name="windowNs">The width of the groups, the default unit of a derivative; 0 without groups.</param>
    public static Curve Apply(Call call, Curve input, long windowNs)
    {
        var points = Steps(input);
        var parameter = Functions.Parameter(call);
        var unit = !double.IsNaN(parameter) ? parameter : windowNs > 0 ? windowNs : SecondNs;
        return call.Name switch
        {
            "derivative" => Pairs(points, (dt, dv) => dv / (dt / unit)),
            "non_negative_derivative" => Pairs(points, (dt, dv) => dv < 0 ? null : dv / (dt / unit)),
            "difference" => Pairs(points, (_, dv) => dv),
            "non_negative_difference" => Pairs(points, (_, dv) => dv < 0 ? null : dv),
            "elapsed" => Pairs(points, (dt, _) => Math.Truncate(dt / (double.IsNaN(parameter) ? 1 : parameter))),
            "moving_average" => MovingAverage(points, (int)parameter),
            _ => RunningSum(points),
        };
    }

    private static List<(long TimeNs, double Value)> Steps(Curve input)
    {
        var points = new List<(long TimeNs, double Value)>(input.TimesNs.Count);
        for (var i = 0; i < input.TimesNs.Count; i++)
        {
            if (!double.IsNaN(input.Values[i]) && (points.Count == 0 || points[^1].TimeNs != input.TimesNs[i]))
            {
                points.Add((input.TimesNs[i], input.Values[i]));
            }
        }

        return points;
    }

    private static Curve Pairs(List<(long TimeNs, double Value)> points, Func<double, double, double?> step)
    {
        var curve = new Curve();
        for (var i = 1; i < points.Count; i++)
        {
            if (step(points[i].TimeNs - points[i - 1].TimeNs, points[i].Value - points[i - 1].Value) is { } value)
            {
                curve.Add(points[i].TimeNs, value);
            }
        }

        return curve;
    }

    private static Curve MovingAverage(List<(long TimeNs, double Value)> points, int width)
    {
        var curve = new Curve();
        var sum = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            sum += points[i].Value - (i >= width ? points[i - width].Value : 0);
            if (i >= width - 1)
            {
                curve.Add(points[i].TimeNs, sum / width);
            }
        }

        return curve;
    }

    private static Curve RunningSum(List<(long TimeNs, double Value)> points)
    {
        var curve = new Curve();
        var sum = 0.0;
        foreach (var (time, value) in points)
        {
            curve.Add(time, sum += value);
        }

        return curve;
    }
}
