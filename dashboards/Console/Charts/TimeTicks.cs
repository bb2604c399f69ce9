using System.Globalization;

namespace Ops.Console.Charts;

/// <summary>Chooses round times of day for an axis.</summary>
public static class TimeTicks
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
    ];

    /// <summary>At most <paramref name="countMax"/> round times of day of that zone within the range.</summary>
    public static IReadOnlyList<TimeTick> Over(DateTimeOffset from, DateTimeOffset to, int countMax, TimeZoneInfo zone)
    {
        var span = to - from;
        if (span <= TimeSpan.Zero || countMax < 1)
        {
            return [];
        }

        var step = Steps.FirstOrDefault(step => span.Ticks / step.Ticks < countMax, Steps[^1]);
        var ticks = new List<TimeTick>();
        var local = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        var wall = new DateTime((local.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks, DateTimeKind.Unspecified);
        for (; ticks.Count < countMax; wall += step)
        {
            if (zone.IsInvalidTime(wall))
            {
                continue;
            }

            var at = new DateTimeOffset(wall, zone.GetUtcOffset(wall));
            if (at >= to)
            {
                break;
            }

            if (at >= from)
            {
                ticks.Add(new TimeTick(at, Label(wall, step), wall.TimeOfDay == TimeSpan.Zero));
            }
        }

        return ticks;
    }

    private static string Label(DateTime wall, TimeSpan step)
    {
        var format = wall.TimeOfDay == TimeSpan.Zero ? "d MMM" : step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm";
        return wall.ToString(format, CultureInfo.InvariantCulture);
    }
}
