using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>What lies beneath the pointer: an instant that has points, and each series' value there.</summary>
/// <param name="At">The instant.</param>
/// <param name="Place">Where it lies, as a fraction from the left edge.</param>
/// <param name="Values">The value of each series, greatest first; series without a point there are left out.</param>
public sealed record ChartHover(
    DateTimeOffset At, double Place, IReadOnlyList<(ChartSeries Series, double Value)> Values)
{
    /// <summary>What lies at that fraction of the width, or null where there are no points at all.</summary>
    public static ChartHover? Find(ChartFrame frame, double place)
    {
        var question = frame.Question;
        var wanted = question.From + ((question.To - question.From) * Math.Clamp(place, 0, 1));
        DateTimeOffset? nearest = null;
        foreach (var point in question.Series.Select(series => Nearest(series.Points, wanted)))
        {
            if (point is { } found
                && (nearest is null || (found.At - wanted).Duration() < (nearest.Value - wanted).Duration()))
            {
                nearest = found.At;
            }
        }

        return nearest is { } at ? Exactly(frame, at) : null;
    }

    /// <summary>The neighbour of a shown instant, one point to the right or the left; the instant itself at the
    /// end.</summary>
    public static ChartHover? Step(ChartFrame frame, DateTimeOffset from, bool right)
    {
        var times = frame.Question.Series.SelectMany(series => series.Points).Select(point => point.At);
        var beyond = times.Where(at => right ? at > from : at < from).ToArray();
        var next = beyond.Length == 0 ? from : right ? beyond.Min() : beyond.Max();
        return Exactly(frame, next);
    }

    private static ChartHover Exactly(ChartFrame frame, DateTimeOffset at)
    {
        var values = new List<(ChartSeries, double)>();
        foreach (var series in frame.Question.Series)
        {
            if (Nearest(series.Points, at) is { } point && (point.At - at).Duration() <= frame.Question.Gap / 2)
            {
                values.Add((series, point.Value));
            }
        }

        return new ChartHover(at, frame.X(at), [.. values.OrderByDescending(value => value.Item2)]);
    }

    private static PointView? Nearest(IReadOnlyList<PointView> points, DateTimeOffset wanted)
    {
        var (low, high) = (0, points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = points[middle].At < wanted ? (middle + 1, high) : (low, middle);
        }

        if (points.Count == 0)
        {
            return null;
        }

        var after = Math.Min(low, points.Count - 1);
        var before = Math.Max(after - 1, 0);
        var afterIsNearer = (points[after].At - wanted).Duration() < (wanted - points[before].At).Duration();
        return afterIsNearer ? points[after] : points[before];
    }
}
