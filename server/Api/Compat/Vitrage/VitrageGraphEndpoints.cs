using Ops.Model;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Compat.Vitrage;

/// <summary>Topology, resources and root causes as Vitrage's clients ask for them.</summary>
internal static class VitrageGraphEndpoints
{
    /// <summary>Maps <c>topology</c>, <c>resources</c> and <c>rca</c>.</summary>
    public static void MapVitrageGraph(this IEndpointRouteBuilder api)
    {
        api.MapPost("/topology", TopologyAsync).WithMetadata(RequiredRole.Reader);
        api.MapPost("/resources", ResourcesAsync).WithMetadata(RequiredRole.Reader);
        api.MapPost("/resources/count", CountAsync).WithMetadata(RequiredRole.Reader);
        api.MapGet("/resources/{id}", Resource);
        api.MapGet("/rca", Rca);
    }

    private static async Task<IResult> TopologyAsync(HttpContext context, IOpsView view, TimeProvider time)
    {
        var body = await VitrageBody.ReadAsync(context);
        var query = body.Query("query");
        var (root, depth) = (body.Text("root"), body.Positive("depth"));
        var isTree = body.Text("graph_type") switch
        {
            null or "graph" => false,
            "tree" => true,
            var other => throw new FormatException($"'graph_type' must be graph or tree, found '{other}'"),
        };
        if (isTree && query is null)
        {
            throw new FormatException("graph_type 'tree' needs a query");
        }

        if (!isTree && depth is not null && root is null)
        {
            return VitrageFaults.Of(403, "graph_type 'graph' needs a root where a depth is given");
        }

        var graph = VitrageGraph.Of(view, time.GetUtcNow());
        var from = root is null ? graph.Root : graph.Find(root);
        if (from < 0)
        {
            return VitrageFaults.NotFound($"there is no vertex '{root}'");
        }

        var around = isTree || (root is not null && depth is not null);
        var chosen = around
            ? VitrageTopology.Around(graph, from, query, depth)
            : VitrageTopology.Matching(graph, query, withPaths: query is not null && !body.Flag("all_tenants"));
        return Results.Json(
            isTree ? VitrageTopology.Tree(graph, from, chosen) : VitrageTopology.NodeLink(graph, chosen),
            ApiJson.Options);
    }

    private static async Task<IResult> ResourcesAsync(HttpContext context, IOpsView view, TimeProvider time) =>
        Results.Json(
            (await ChosenAsync(context, view, time)).Chosen.Select(vertex => vertex.Properties), ApiJson.Options);

    private static async Task<IResult> CountAsync(HttpContext context, IOpsView view, TimeProvider time)
    {
        var (chosen, body) = await ChosenAsync(context, view, time);
        var by = body.Text("group_by") ?? "vitrage_type";
        return Results.Json(
            chosen.GroupBy(vertex => vertex[by]?.ToString() ?? "", StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Count()),
            ApiJson.Options);
    }

    private static IResult Resource(string id, IOpsView view, TimeProvider time)
    {
        var graph = VitrageGraph.Of(view, time.GetUtcNow());
        return graph.Find(id) is >= 0 and var found && graph.Vertices[found]["vitrage_category"] is "RESOURCE"
            ? Results.Json(graph.Vertices[found].Properties, ApiJson.Options)
            : VitrageFaults.NotFound($"there is no resource '{id}'");
    }

    private static IResult Rca(HttpContext context, IOpsView view, TimeProvider time)
    {
        var id = context.Request.Query["alarm_id"].ToString();
        var graph = VitrageGraph.Of(view, time.GetUtcNow());
        if (graph.Find(id) is var found && (found < 0 || graph.Vertices[found]["vitrage_category"] is not "ALARM"))
        {
            return VitrageFaults.NotFound($"there is no alarm '{id}'");
        }

        var chosen = Reach(graph.Neighbours(outward: false, inward: true, "causes"), found)
            .Union(Reach(graph.Neighbours(outward: true, inward: false, "causes"), found))
            .Order()
            .ToList();
        var answer = VitrageTopology.NodeLink(graph, chosen);
        answer["inspected_index"] = chosen.IndexOf(found);
        return Results.Json(answer, ApiJson.Options);
    }

    private static HashSet<int> Reach(ILookup<int, int> next, int from)
    {
        var seen = new HashSet<int> { from };
        var queue = new Queue<int>(seen);
        while (queue.TryDequeue(out var at))
        {
            next[at].Where(seen.Add).ToList().ForEach(queue.Enqueue);
        }

        return seen;
    }

    private static async Task<(IReadOnlyList<VitrageVertex> Chosen, VitrageBody Body)> ChosenAsync(
        HttpContext context, IOpsView view, TimeProvider time)
    {
        var body = await VitrageBody.ReadAsync(context);
        var (type, query) = (body.Text("resource_type"), body.Query("query"));
        var graph = VitrageGraph.Of(view, time.GetUtcNow());
        var chosen = graph.Vertices
            .Where(vertex => vertex["vitrage_category"] is "RESOURCE")
            .Where(vertex => type is null or "all" || vertex["vitrage_type"] is string own && own == type)
            .Where(vertex => query?.Matches(vertex) ?? true)
            .ToList();
        return (chosen, body);
    }
}
