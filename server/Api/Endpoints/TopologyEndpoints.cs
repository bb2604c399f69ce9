using Ops.Model;

namespace Ops.Server.Api.Endpoints;

/// <summary>The entities of the graph and how they are related.</summary>
internal static class TopologyEndpoints
{
    /// <summary>Maps <c>/topology</c>, <c>/entities</c>, <c>/entities/{type}/{id}</c>.</summary>
    public static void MapTopology(this IEndpointRouteBuilder api)
    {
        api.MapGet("/topology", (IOpsView view) => Results.Json(view.Topology(), ApiJson.Options))
            .Takes()
            .Produces<TopologyView>()
            .WithSummary("All live entities and relations");
        api.MapGet("/entities", Entities)
            .Takes("type", "name", "state", "operational_state", "limit", "offset")
            .Produces<IReadOnlyList<EntityView>>()
            .ProducesProblem(400)
            .WithSummary("Live entities; 'name' is a pattern");
        api.MapGet("/entities/{type}/{**id}", Entity)
            .Takes()
            .Produces<EntityView>()
            .ProducesProblem(404)
            .WithSummary("One entity");
    }

    private static IResult Entities(
        HttpContext context, IOpsView view, string? type, string? name, string? state, string? limit, string? offset)
    {
        var parameters = new QueryParameters(context.Request.Query);
        var operational = parameters.Text("operational_state");
        var chosen = view.Topology().Entities
            .Where(entity => type is null || entity.Type == type)
            .Where(entity => name is null || Glob.Matches(name, entity.Name))
            .Where(entity => state is null || Same(entity.State, state))
            .Where(entity => operational is null || Same(entity.OperationalState, operational))
            .ToList();
        return Paging.Page(context, parameters, chosen);
    }

    private static IResult Entity(IOpsView view, string type, string id)
    {
        var name = Uri.UnescapeDataString(id);
        return (view.Entity(new EntityRef(type, name)) ?? view.Entity(new EntityRef(type, id))) is { } entity
            ? Results.Json(entity, ApiJson.Options)
            : Problems.NotFound($"there is no entity '{name}' of type '{type}'");
    }

    private static bool Same(string? found, string asked) =>
        string.Equals(found, asked, StringComparison.OrdinalIgnoreCase);
}
