using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>A resource that has samples.</summary>
internal sealed record MeasuredResourceView(
    string Id, string? Type, string? Name, IReadOnlyList<string> Meters, DateTimeOffset? LastAt)
{
    /// <summary>The resource that all those series are measured on.</summary>
    public static MeasuredResourceView Of(IGrouping<string, SeriesView> series) => new(
        series.Key,
        series.Select(one => one.ResourceType).FirstOrDefault(type => type is not null),
        series.Select(one => one.ResourceName).FirstOrDefault(name => name is not null),
        [.. series.Select(one => one.Meter).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        series.Max(one => one.LastAt));
}
