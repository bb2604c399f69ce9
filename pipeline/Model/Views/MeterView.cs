namespace Ops.Model;

/// <summary>A meter that the store knows.</summary>
public sealed record MeterView(string Name, string Type, string Unit, int Resources);

/// <summary>A series of a meter with its newest value.</summary>
public sealed record SeriesView(
    string Meter, string ResourceId, string? ResourceType, string? ResourceName, string Unit,
    IReadOnlyDictionary<string, string> Dimensions, double? Last, DateTimeOffset? LastAt);

/// <summary>One point of a chart.</summary>
public readonly record struct PointView(DateTimeOffset At, double Value);

/// <summary>The points of one series, oldest first.</summary>
public sealed record SeriesPointsView(SeriesView Series, IReadOnlyList<PointView> Points);

/// <summary>What a range query asks for.</summary>
public sealed record RangeRequest
{
    /// <summary>The meter.</summary>
    public required string Meter { get; init; }

    /// <summary>One resource, or null for all.</summary>
    public string? ResourceId { get; init; }

    /// <summary>From, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>To, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Width of a bucket; null gives raw samples.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>mean, min, max, sum, count, last, first; default mean.</summary>
    public string Aggregate { get; init; } = "mean";

    /// <summary>The most series that are returned; default 50.</summary>
    public int SeriesMax { get; init; } = 50;
}
