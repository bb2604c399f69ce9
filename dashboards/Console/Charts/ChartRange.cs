namespace Ops.Console.Charts;

/// <summary>A span of time that charts offer, with the width of its buckets.</summary>
/// <param name="Name">Its short name, also in the address: <c>15m</c>.</param>
/// <param name="Span">How far back it goes.</param>
/// <param name="Every">The width of a bucket.</param>
public sealed record ChartRange(string Name, TimeSpan Span, TimeSpan Every)
{
    /// <summary>The spans on offer, shortest first.</summary>
    public static readonly IReadOnlyList<ChartRange> All =
    [
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10)),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromSeconds(20)),
        new("6h", TimeSpan.FromHours(6), TimeSpan.FromMinutes(2)),
        new("24h", TimeSpan.FromHours(24), TimeSpan.FromMinutes(5)),
    ];

    /// <summary>Neighbouring points further apart than this are not joined: three buckets, at least 35 s.</summary>
    public TimeSpan Gap => TimeSpan.FromSeconds(Math.Max(35, Every.TotalSeconds * 3));

    /// <summary>The span of that name; the hour for any other.</summary>
    public static ChartRange Named(string? name) => All.FirstOrDefault(range => range.Name == name, All[1]);

    /// <summary>The range up to now, both ends on whole buckets, the bucket that is filling included.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Until(DateTimeOffset now)
    {
        var ticks = Every.Ticks;
        var to = new DateTimeOffset(((now.UtcTicks / ticks) + 1) * ticks, TimeSpan.Zero);
        return (to - Span, to);
    }
}
