using System.Globalization;
using System.Text;
using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>Draws points as an SVG path.</summary>
public static class ChartPath
{
    /// <summary>The path through the points; it lifts the pen over gaps and over values that are no numbers.</summary>
    /// <param name="points">Oldest first.</param>
    /// <param name="x">Where an instant lies, from 0 at the left to 1.</param>
    /// <param name="y">Where a value lies, from 0 at the top to 1.</param>
    /// <param name="gap">Neighbours further apart than this are not joined; a lone point becomes a short dash.</param>
    public static string Of(
        IReadOnlyList<PointView> points, Func<DateTimeOffset, double> x, Func<double, double> y, TimeSpan gap)
    {
        var path = new StringBuilder();
        var run = 0;
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            if (run > 0 && (!double.IsFinite(point.Value) || point.At - points[index - 1].At > gap))
            {
                run = End(path, run);
            }

            if (double.IsFinite(point.Value))
            {
                Write(path, run++ == 0 ? 'M' : 'L', x(point.At), y(point.Value));
            }
        }

        End(path, run);
        return path.ToString();
    }

    /// <summary>The area beneath the first series of a chart, down to the lower edge.</summary>
    public static string Area(ChartFrame frame)
    {
        var area = new StringBuilder();
        foreach (var stretch in frame.Paths[0].Split('M', StringSplitOptions.RemoveEmptyEntries))
        {
            var places = stretch.Split('L');
            if (places.Length > 1)
            {
                area.Append(CultureInfo.InvariantCulture, $"M{X(places[0])} {ChartFrame.Side}L{stretch}");
                area.Append(CultureInfo.InvariantCulture, $"L{X(places[^1])} {ChartFrame.Side}Z");
            }
        }

        return area.ToString();

        static string X(string place) => place[..place.IndexOf(' ', StringComparison.Ordinal)];
    }

    private static int End(StringBuilder path, int run)
    {
        if (run == 1)
        {
            path.Append("h1");
        }

        return 0;
    }

    private static void Write(StringBuilder path, char verb, double x, double y) => path.Append(
        CultureInfo.InvariantCulture,
        $"{verb}{Math.Round(x * ChartFrame.Side, 1)} {Math.Round(y * ChartFrame.Side, 1)}");
}
