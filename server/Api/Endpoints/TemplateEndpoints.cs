using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>The root cause templates in force, and those that were refused.</summary>
internal static class TemplateEndpoints
{
    /// <summary>Maps <c>/templates</c>, <c>/templates/{name}</c>.</summary>
    public static void MapTemplates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/templates", Templates)
            .Takes("limit", "offset")
            .Produces<IReadOnlyList<TemplateView>>()
            .ProducesProblem(400)
            .WithSummary("Templates in force and those refused");
        api.MapGet("/templates/{name}", Template)
            .Takes()
            .Produces<TemplateView>()
            .ProducesProblem(404)
            .WithSummary("One template");
    }

    private static IResult Templates(HttpContext context, IOpsView view, string? limit, string? offset) =>
        Paging.Page(context, new QueryParameters(context.Request.Query), view.Templates());

    private static IResult Template(IOpsView view, string name)
    {
        var templates = view.Templates();
        return templates.FirstOrDefault(template => template.Name == name) is { } found
            ? Results.Json(found, ApiJson.Options)
            : Problems.NotFound(
                $"there is no template '{name}'{NearestName.Hint(name, templates.Select(template => template.Name))}");
    }
}
