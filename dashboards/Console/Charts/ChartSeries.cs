using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What tells it from the others.</param>
/// <param name="Points">Its points, oldest first.</param>
/// <param name="Colour">Which of the eight line colours it has, from 0.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<PointView> Points, int Colour)
{
    /// <summary>The smallest, mean, largest and newest value; null without points.</summary>
    public (double Min, double Mean, double Max, double Last)? Summary => Points.Count == 0
        ? null
        : (Points.Min(point => point.Value), Points.Average(point => point.Value),
            Points.Max(point => point.Value), Points[^1].Value);
}
