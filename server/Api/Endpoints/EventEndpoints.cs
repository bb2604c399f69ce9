using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>Events: what notifications, traps and webhooks became.</summary>
internal static class EventEndpoints
{
    /// <summary>Maps <c>GET /events/history</c>.</summary>
    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGet("/events/history", EventsAsync)
        .Takes("type", "from", "to", "limit")
        .Produces<IReadOnlyList<EventView>>()
        .ProducesProblem(400)
        .WithSummary("Events, newest first; 'type' is a pattern such as compute.*, times as ISO 8601 or -15m");

    private static async Task<IResult> EventsAsync(
        HttpContext context, IOpsView view, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parameters = new QueryParameters(context.Request.Query);
        var (from, to) = parameters.Range(now, ApiLimits.RangeDefault);
        var request = new EventRequest
        {
            Type = parameters.Text("type"),
            From = from,
            To = to,
            Limit = parameters.Integer("limit", ApiLimits.PageDefault, 1, ApiLimits.PageMax),
        };
        return parameters.Fault is { } fault
            ? Problems.Parameter(fault)
            : Results.Json(await view.EventsAsync(request, cancellationToken), ApiJson.Options);
    }
}
