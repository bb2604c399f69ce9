using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>How the program fares, for people and for what watches over it.</summary>
internal static class StatusEndpoints
{
    /// <summary>Maps <c>/status</c>.</summary>
    public static void MapStatus(this IEndpointRouteBuilder api) =>
        api.MapGet("/status", (IOpsView view) => Results.Json(view.Status(), ApiJson.Options))
            .Takes()
            .Produces<StatusView>()
            .WithSummary("How the program fares: version, parts, counts");

    /// <summary>Maps <c>/healthz</c> (the process answers) and <c>/readyz</c> (every essential part works).</summary>
    public static void MapHealth(this IEndpointRouteBuilder root)
    {
        root.MapGet("/healthz", () => Results.Text("ok\n"))
            .WithMetadata(Security.RequiredRole.None)
            .WithTags("health")
            .WithSummary("The process answers");
        root.MapGet("/readyz", Ready)
            .WithMetadata(Security.RequiredRole.None)
            .WithTags("health")
            .Produces<string>(200, "text/plain")
            .ProducesProblem(503)
            .WithSummary("Every essential part works; 503 names those that do not");
    }

    private static IResult Ready(HttpContext context, IOpsView view)
    {
        var broken = view.Status().Parts.Where(part => part is { Ok: false, Essential: true }).ToList();
        if (broken.Count == 0)
        {
            return Results.Text("ready\n");
        }

        var names = string.Join(", ", broken.Select(part => part.Name));
        return Problems.Result(StatusCodes.Status503ServiceUnavailable, $"not working: {names}");
    }
}
