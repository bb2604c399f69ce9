using Microsoft.AspNetCore.Mvc;
using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>Meters, their series, and the resources they are measured on.</summary>
internal static class MeterEndpoints
{
    /// <summary>Maps <c>/meters</c>, <c>/series</c>, <c>/resources</c>.</summary>
    public static void MapMeters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/meters", MetersAsync)
            .Takes("name", "limit", "offset")
            .Produces<IReadOnlyList<MeterView>>()
            .ProducesProblem(400)
            .WithSummary("Meters that have samples; 'name' is a pattern such as machine.disk.*");
        api.MapGet("/series", SeriesAsync)
            .Takes("meter", "resource_id", "limit", "offset")
            .Produces<IReadOnlyList<SeriesView>>()
            .ProducesProblem(400)
            .WithSummary("Series with their newest value");
        api.MapGet("/resources", ResourcesAsync)
            .Takes("type", "name", "limit", "offset")
            .Produces<IReadOnlyList<MeasuredResourceView>>()
            .ProducesProblem(400)
            .WithSummary("Resources that have samples, with their meters");
    }

    private static async Task<IResult> MetersAsync(
        HttpContext context, IOpsView view, string? name, string? limit, string? offset,
        CancellationToken cancellationToken)
    {
        var meters = await view.MetersAsync(cancellationToken);
        var chosen = name is null ? meters : [.. meters.Where(meter => Glob.Matches(name, meter.Name))];
        return Paging.Page(context, new QueryParameters(context.Request.Query), chosen);
    }

    private static async Task<IResult> SeriesAsync(
        HttpContext context, IOpsView view, string? meter, [FromQuery(Name = "resource_id")] string? resourceId,
        string? limit, string? offset, CancellationToken cancellationToken)
    {
        var series = await view.SeriesAsync(meter, resourceId, cancellationToken);
        return Paging.Page(context, new QueryParameters(context.Request.Query), series);
    }

    private static async Task<IResult> ResourcesAsync(
        HttpContext context, IOpsView view, string? type, string? name, string? limit, string? offset,
        CancellationToken cancellationToken)
    {
        var series = await view.SeriesAsync(null, null, cancellationToken);
        var resources = series
            .GroupBy(one => one.ResourceId, StringComparer.Ordinal)
            .Select(MeasuredResourceView.Of)
            .Where(one => type is null || one.Type == type)
            .Where(one => name is null || Glob.Matches(name, one.Name ?? one.Id))
            .OrderBy(one => one.Id, StringComparer.Ordinal)
            .ToList();
        return Paging.Page(context, new QueryParameters(context.Request.Query), resources);
    }
}
