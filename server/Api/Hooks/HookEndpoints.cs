using Ops.Collectors.Hooks;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.Hooks;

/// <summary>Takes what other programs post.</summary>
public static class HookEndpoints
{
    /// <summary>Maps <c>/hooks/{name}</c>.</summary>
    public static IEndpointRouteBuilder MapHooks(this IEndpointRouteBuilder root, HookReceiver receiver)
    {
        root.MapPost("/hooks/{name}", (HttpContext context, string name) => PostAsync(context, name, receiver))
            .WithMetadata(new RequiredRole(ApiRole.Operator))
            .WithTags("hooks")
            .Produces<HookView>()
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(413)
            .WithSummary("Takes alerts of Alertmanager, Zabbix and Nagios, CloudEvents, and collectd's JSON");
        return root;
    }

    private static async Task<IResult> PostAsync(HttpContext context, string name, HookReceiver receiver)
    {
        await using var sent = RequestBody.Open(context, HookReceiver.BodyBytesMax);
        using var body = await ReadAsync(sent, context.RequestAborted);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (header, value) in context.Request.Headers)
        {
            headers[header.ToLowerInvariant()] = value.ToString();
        }

        var result = await receiver.TakeAsync(
            new HookRequest(name, context.Request.ContentType, headers, body.Bytes), context.RequestAborted);
        return result.Status == StatusCodes.Status200OK
            ? Results.Json(new HookView(result.Accepted, result.Refused, result.Message), ApiJson.Options)
            : Problems.Result(result.Status, result.Message ?? "", ("accepted", result.Accepted),
                ("refused", result.Refused));
    }

    private static async Task<PooledBody> ReadAsync(Stream sent, CancellationToken cancellationToken)
    {
        try
        {
            return await PooledBody.ReadAsync(sent, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new BadHttpRequestException("gzip: invalid header or body", StatusCodes.Status400BadRequest);
        }
    }
}
