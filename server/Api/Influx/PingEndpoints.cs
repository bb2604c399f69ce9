using Ops.Server.Api.Security;

namespace Ops.Server.Api.Influx;

/// <summary>Tells clients of InfluxDB that somebody is there.</summary>
internal static class PingEndpoints
{
    /// <summary>Maps <c>/ping</c> and <c>/health</c>.</summary>
    public static void MapPing(this IEndpointRouteBuilder root)
    {
        root.MapMethods("/ping", ["GET", "HEAD", "POST"], PingAsync)
            .WithMetadata(RequiredRole.None)
            .WithTags("influx")
            .Produces(200)
            .Produces(204)
            .WithSummary("204 with the version that clients go by; verbose=true gives it as JSON");
        root.MapGet("/health", Health)
            .WithMetadata(RequiredRole.None)
            .WithTags("influx")
            .WithSummary("As InfluxDB 2 says that it is well");
    }

    private static Task PingAsync(HttpContext context, string? verbose)
    {
        InfluxReplies.Sign(context.Response);
        if (verbose is null or "" or "0" or "false")
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        return context.Response.WriteAsJsonAsync(new { version = InfluxReplies.Version });
    }

    private static IResult Health(HttpContext context)
    {
        InfluxReplies.Sign(context.Response);
        return Results.Json(new
        {
            checks = Array.Empty<object>(),
            message = "ready for queries and writes",
            name = "influxdb",
            status = "pass",
            version = InfluxReplies.Version,
        }, ApiJson.Options);
    }
}
