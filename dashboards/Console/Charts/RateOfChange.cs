using Ops.Model;

namespace Ops.Console.Charts;

/// <summary>Turns the readings of a counter into growth per second.</summary>
public static class RateOfChange
{
    /// <summary>Growth per second at each reading but the first. A counter that fell was restarted: it counts from
    /// zero.</summary>
    public static IReadOnlyList<PointView> PerSecond(IReadOnlyList<PointView> readings)
    {
        var rates = new List<PointView>(readings.Count);
        for (var index = 1; index < readings.Count; index++)
        {
            var (before, now) = (readings[index - 1], readings[index]);
            var seconds = (now.At - before.At).TotalSeconds;
            if (seconds > 0)
            {
                var growth = now.Value >= before.Value ? now.Value - before.Value : now.Value;
                rates.Add(new PointView(now.At, growth / seconds));
            }
        }

        return rates;
    }
}
