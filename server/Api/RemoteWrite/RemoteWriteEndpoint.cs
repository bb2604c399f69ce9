using System.Net.Http.Headers;
using Ops.Collectors.RemoteWrite;
using Ops.Server.Api.Security;

namespace Ops.Server.Api.RemoteWrite;

/// <summary>Takes Prometheus' remote write 1.0.</summary>
/// <remarks>
/// 204 for what was taken; 400 where something can never be taken, which senders do not send again; 5xx makes them
/// try again. Source: Prometheus remote-write specification 1.0.
/// </remarks>
public static class RemoteWriteEndpoint
{
    private const string Protobuf = "application/x-protobuf";
    private const string MessageV1 = "prometheus.WriteRequest";

    /// <summary>Maps <c>/api/v1/write</c>.</summary>
    public static IEndpointRouteBuilder MapRemoteWrite(this IEndpointRouteBuilder root, RemoteWriteReceiver receiver)
    {
        Delegate post = (HttpContext context) => PostAsync(context, receiver);
        root.MapPost("/api/v1/write", post)
            .WithMetadata(new RequiredRole(ApiRole.Operator))
            .WithTags("prometheus")
            .Produces(204)
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .WithSummary("Takes Prometheus' remote write 1.0: a WriteRequest in protobuf, packed by Snappy");
        return root;
    }

    private static async Task PostAsync(HttpContext context, RemoteWriteReceiver receiver)
    {
        if (Refusal(context.Request) is { } why)
        {
            await Problems.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, why);
            return;
        }

        context.Request.Headers.ContentEncoding = default;
        await using var sent = RequestBody.Open(context, receiver.BodyBytesMax);
        using var body = await PooledBody.ReadAsync(sent, context.RequestAborted);
        var result = await receiver.TakeAsync(body.Bytes, context.RequestAborted);
        if (result.IsMalformed || result.Refused > 0)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, result.Message!);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string? Refusal(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != Protobuf)
        {
            return $"remote write comes as {Protobuf}, found '{request.ContentType}'";
        }

        var message = type.Parameters.FirstOrDefault(one => one.Name == "proto")?.Value?.Trim('"') ?? MessageV1;
        var version = request.Headers["X-Prometheus-Remote-Write-Version"].ToString();
        if (message != MessageV1 || version.StartsWith('2'))
        {
            return $"remote write 1.0 ({MessageV1}) is taken, found "
                + (message == MessageV1 ? $"version {version}" : message);
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding == "snappy" ? null : $"remote write comes with Content-Encoding snappy, found '{encoding}'";
    }
}
