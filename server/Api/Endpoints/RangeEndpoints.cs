using Microsoft.AspNetCore.Mvc;
using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>Points of a meter over a time range.</summary>
internal static class RangeEndpoints
{
    private static readonly string[] Aggregates = ["mean", "min", "max", "sum", "count", "first", "last"];

    /// <summary>Maps <c>GET /samples</c>.</summary>
    public static void MapRange(this IEndpointRouteBuilder api) => api.MapGet("/samples", RangeAsync)
        .Takes("meter", "resource_id", "from", "to", "every", "aggregate", "series_max")
        .Produces<IReadOnlyList<SeriesPointsView>>()
        .ProducesProblem(400)
        .WithSummary("Points of a meter: raw, or one per 'every' by 'aggregate'; times as ISO 8601 or -15m");

    private static async Task<IResult> RangeAsync(
        HttpContext context, IOpsView view, TimeProvider time, string? meter,
        [FromQuery(Name = "resource_id")] string? resourceId, string? from, string? to, string? every,
        string? aggregate, [FromQuery(Name = "series_max")] string? seriesMax, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(context.Request.Query);
        var request = Read(parameters, time.GetUtcNow());
        return parameters.Fault is { } fault
            ? Problems.Parameter(fault)
            : Results.Json(await view.RangeAsync(request, cancellationToken), ApiJson.Options);
    }

    private static RangeRequest Read(QueryParameters parameters, DateTimeOffset now)
    {
        var meter = parameters.RequiredText("meter");
        var to = parameters.Time("to", now) ?? now;
        var from = parameters.Time("from", now) ?? to - ApiLimits.RangeDefault;
        var every = parameters.Duration("every", TimeSpan.FromMilliseconds(1));
        if (from >= to)
        {
            parameters.Report("from", $"parameter 'from' ({from.ToIso()}) must lie before 'to' ({to.ToIso()})");
        }
        else if (every is { } width && (to - from) / width > ApiLimits.BucketsMax)
        {
            parameters.Report("every",
                $"parameter 'every' makes more than {ApiLimits.BucketsMax} buckets of this range; make it longer");
        }

        return new RangeRequest
        {
            Meter = meter,
            ResourceId = parameters.Text("resource_id"),
            From = from,
            To = to,
            Every = every,
            Aggregate = parameters.Word("aggregate", "mean", Aggregates),
            SeriesMax = parameters.Integer("series_max", 50, 1, ApiLimits.SeriesMax),
        };
    }
}
