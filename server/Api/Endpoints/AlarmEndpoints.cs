using Microsoft.AspNetCore.Mvc;
using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>Alarms, measured and deduced, and why they are there.</summary>
internal static class AlarmEndpoints
{
    private static readonly string[] Filters =
        ["all", "name", "severity", "resource_id", "resource_type", "deduced", "limit", "offset"];

    /// <summary>Maps <c>/alarms</c>, <c>/alarms/{id}</c>, <c>/alarms/{id}/why</c>.</summary>
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        api.MapGet("/alarms", Alarms)
            .Takes(Filters)
            .Produces<IReadOnlyList<AlarmView>>()
            .ProducesProblem(400)
            .WithSummary("Live alarms, worst and newest first; all=true also those that are ok or lack data");
        api.MapGet("/alarms/history", HistoryAsync)
            .Takes("from", "to", "limit")
            .Produces<IReadOnlyList<AlarmSpanView>>()
            .ProducesProblem(400)
            .WithSummary("Alarms that were there at any moment of a time range, newest first, with start and end");
        api.MapGet("/alarms/{id}", Alarm)
            .Takes()
            .Produces<AlarmView>()
            .ProducesProblem(404)
            .WithSummary("One alarm");
        api.MapGet("/alarms/{id}/why", Why)
            .Takes()
            .Produces<WhyView>()
            .ProducesProblem(404)
            .WithSummary("Why an alarm is there: derivations, causes with theirs, effects");
    }

    private static IResult Alarms(
        HttpContext context, IOpsView view, string? all, string? name, string? severity,
        [FromQuery(Name = "resource_id")] string? resourceId, [FromQuery(Name = "resource_type")] string? resourceType,
        string? deduced, string? limit, string? offset)
    {
        var parameters = new QueryParameters(context.Request.Query);
        var everything = parameters.Bool("all") ?? false;
        var onlyDeduced = parameters.Bool("deduced");
        if (parameters.Fault is { } fault)
        {
            return Problems.Parameter(fault);
        }

        var chosen = view.Alarms(everything)
            .Where(alarm => name is null || Glob.Matches(name, alarm.Name))
            .Where(alarm => severity is null
                || alarm.Severity.Equals(severity, StringComparison.OrdinalIgnoreCase))
            .Where(alarm => resourceId is null || alarm.Resource.Id == resourceId)
            .Where(alarm => resourceType is null || alarm.Resource.Type == resourceType)
            .Where(alarm => onlyDeduced is null || alarm.Deduced == onlyDeduced)
            .ToList();
        return Paging.Page(context, parameters, chosen);
    }

    private static async Task<IResult> HistoryAsync(
        HttpContext context, IOpsView view, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parameters = new QueryParameters(context.Request.Query);
        var (from, to) = parameters.Range(now, ApiLimits.HistoryDefault);
        var limit = parameters.Integer("limit", ApiLimits.PageDefault, 1, ApiLimits.PageMax);
        return parameters.Fault is { } fault
            ? Problems.Parameter(fault)
            : Results.Json(await view.AlarmHistoryAsync(from, to, limit, cancellationToken), ApiJson.Options);
    }

    private static IResult Alarm(IOpsView view, string id) =>
        view.Alarms(all: true).FirstOrDefault(alarm => alarm.Id == id) is { } alarm
            ? Results.Json(alarm, ApiJson.Options)
            : Missing(id);

    private static IResult Why(IOpsView view, string id) =>
        view.Why(id) is { } why ? Results.Json(why, ApiJson.Options) : Missing(id);

    private static IResult Missing(string id) => Problems.NotFound($"there is no alarm '{id}'");
}
