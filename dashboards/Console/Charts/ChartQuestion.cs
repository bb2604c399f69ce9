namespace Ops.Console.Charts;

/// <summary>What a chart is to show.</summary>
/// <param name="Series">Its lines.</param>
/// <param name="From">The left edge.</param>
/// <param name="To">The right edge, after <paramref name="From"/>.</param>
/// <param name="Unit">The unit of the values as the meter has it.</param>
/// <param name="Gap">Neighbouring points further apart than this are not joined.</param>
/// <param name="Zone">The zone whose times of day the axis bears.</param>
public sealed record ChartQuestion(
    IReadOnlyList<ChartSeries> Series, DateTimeOffset From, DateTimeOffset To, string Unit, TimeSpan Gap,
    TimeZoneInfo Zone);
