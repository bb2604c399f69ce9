using Ops.Model;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Vitrage's API, version 1, under <c>/compat/vitrage</c>, for its clients.</summary>
/// <remarks>Source: Vitrage 9, its API and client. What it refuses it says as problem details.</remarks>
internal static class VitrageApi
{
    /// <summary>Maps all of it.</summary>
    public static void MapVitrage(this IEndpointRouteBuilder root)
    {
        var compat = root.MapGroup("/compat/vitrage").WithTags("vitrage").AddEndpointFilter(RefuseBadAsync);
        compat.MapGet("/", Versions).WithMetadata(RequiredRole.None);
        compat.MapGet("/healthcheck", Health).WithMetadata(RequiredRole.None);
        var api = compat.MapGroup("/v1");
        api.MapGet("/status", () => Results.Json(new Dictionary<string, string> { ["reason"] = "OK" }));
        api.MapGet("/service", Services);
        api.MapVitrageGraph();
        api.MapVitrageAlarms();
        api.MapVitrageTemplates();
        api.MapVitrageEvents();
    }

    private static async ValueTask<object?> RefuseBadAsync(
        EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (FormatException fault)
        {
            return VitrageFaults.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    private static IResult Versions(HttpContext context)
    {
        var here = $"{context.Request.Scheme}://{context.Request.Host}/compat/vitrage/v1/";
        return Results.Json(new Dictionary<string, object>
        {
            ["versions"] = new[]
            {
                new Dictionary<string, object>
                {
                    ["id"] = "v1.0",
                    ["links"] = new[] { new Dictionary<string, string> { ["href"] = here, ["rel"] = "self" } },
                    ["status"] = "CURRENT",
                    ["updated"] = "2015-11-29",
                },
            },
        });
    }

    /// <summary>The form of oslo's health check, detailed.</summary>
    private static IResult Health(IOpsView view)
    {
        var isWell = view.Status().Parts.All(part => part.Ok || !part.Essential);
        return Results.Json(
            new Dictionary<string, object?>
            {
                ["detailed"] = false,
                ["reasons"] = view.Status().Parts.Where(part => !part.Ok).Select(part => $"{part.Name}: {part.Detail}"),
            },
            statusCode: isWell ? 200 : 503);
    }

    private static IResult Services(IOpsView view)
    {
        var status = view.Status();
        return Results.Json(status.Parts.Select(part => new Dictionary<string, object>
        {
            ["name"] = part.Name,
            ["hostname"] = Environment.MachineName,
            ["process"] = Environment.ProcessId,
            ["created"] = status.StartedAt.ToIso(),
        }));
    }
}
